//! Reading a secret: typed at a terminal without showing it, or the first line of what is piped in.

use crate::commands::Failed;
use crate::commands::output;
use crate::domain::masked::Masked;
use rustix::termios::LocalModes;
use rustix::termios::OptionalActions;
use rustix::termios::Termios;
use std::io::BufRead as _;
use std::io::IsTerminal as _;
use std::io::Stdin;

/// Switches the terminal's echo on again when it goes, also on the way of an error.
struct Echo<'a> {
    terminal: &'a Stdin,
    before: Termios,
}

impl<'a> Echo<'a> {
    fn off(terminal: &'a Stdin) -> Result<Self, Failed> {
        let before = rustix::termios::tcgetattr(terminal)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        rustix::termios::tcsetattr(terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Echo<'_> {
    fn drop(&mut self) {
        rustix::termios::tcsetattr(self.terminal, OptionalActions::Flush, &self.before).ok();
    }
}

/// A new password: typed twice at a terminal, or one line of standard input.
pub(super) fn new_password() -> Result<Masked, Failed> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return line(&stdin);
    }
    let typed = prompt(&stdin, "Password: ")?;
    match typed == prompt(&stdin, "Once more: ")? {
        true => Ok(typed),
        false => Err(Failed::Work(anyhow::anyhow!("the two passwords differ; nothing was done"))),
    }
}

fn prompt(stdin: &Stdin, text: &str) -> Result<Masked, Failed> {
    output::ask(text);
    let echo = Echo::off(stdin)?;
    let typed = line(stdin);
    drop(echo);
    output::complain("");
    typed
}

fn line(stdin: &Stdin) -> Result<Masked, Failed> {
    let mut text = String::new();
    stdin.lock().read_line(&mut text)?;
    Ok(Masked::new(text.trim_end_matches(['\r', '\n'])))
}
