//! The stand-ins and instruments hold what the journeys rely on; each is also given something it must refuse.

mod cases;
mod instruments;
mod lifecare;
mod mail;
