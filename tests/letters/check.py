#!/usr/bin/env python3
"""Reads the letters in a folder with tools that did not write them, and says what is wrong.

For each NAME.pdf: pikepdf reads the catalogue, the fonts, the structure tree and the marked content of every page; poppler's pdffonts,
pdftotext and pdfinfo say what they see. NAME.txt holds what must be heard, in order: tag, language, text, parted by tabs.
Ends with 0 when all is well, 1 with the faults, 77 when pikepdf or poppler is not installed. Usage: check.py FOLDER
"""

import pathlib
import re
import shutil
import subprocess
import sys

try:
    import pikepdf
except ImportError:
    print("pikepdf is not there (Debian: python3-pikepdf)")
    sys.exit(77)
if not all(shutil.which(tool) for tool in ("pdffonts", "pdftotext", "pdfinfo")):
    print("poppler is not there (Debian: poppler-utils)")
    sys.exit(77)

STANDARD = set("Document Sect Div P H1 H2 L LI Lbl LBody Table TR TH TD".split())
MAY_HOLD = {
    "Document": {"Sect", "Div"}, "Sect": {"Div", "P", "H1", "H2", "L", "Table"}, "Div": {"P"},
    "L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"TR"}, "TR": {"TH", "TD"},
}


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


class Letter:
    def __init__(self, path):
        self.path = path
        self.faults = []
        self.pdf = pikepdf.open(path)
        self.content = {}
        self.cmaps = {}

    def must(self, good, what):
        if not good:
            self.faults.append(f"{self.path.name}: {what}")

    def check(self):
        self.catalogue()
        for number, page in enumerate(self.pdf.pages):
            self.read_page(number, page)
        heard, order = self.tree()
        self.must(order == sorted(order), "the tree is not in the order of the pages' content")
        self.must(len(order) == len(set(order)), "content is named twice by the tree")
        self.must(set(order) == set(self.content), "content is not named by the tree")
        self.parents()
        self.compare(heard)
        self.seen()
        self.tools()

    def catalogue(self):
        root = self.pdf.Root
        self.language = str(root.Lang)
        self.must(self.language in ("sv-SE", "en-GB"), f"language {self.language}")
        self.must(bool(root.MarkInfo.Marked) and not root.MarkInfo.get("/Suspects", False), "not marked")
        self.must(bool(root.ViewerPreferences.DisplayDocTitle), "the title is not shown")
        xmp = bytes(root.Metadata.read_bytes()).decode()
        self.must(re.search(r"pdfuaid:part>1<", xmp), "not declared as PDF/UA-1")
        self.must(re.search(r"pdfaid:part>2<", xmp) and re.search(r"pdfaid:conformance>A<", xmp), "not declared as PDF/A-2a")
        title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)<", xmp, re.S)
        self.title = title.group(1) if title else ""
        self.must(self.title and self.title == str(self.pdf.docinfo.get("/Title", "")), "the titles differ")
        self.must("/JavaScript" not in root.get("/Names", {}) and "/OpenAction" not in root, "it acts when opened")
        self.must("/Outlines" in root, "no outline")
        self.must(not self.pdf.is_encrypted, "encrypted")

    def read_page(self, number, page):
        self.must(str(page.get("/Tabs", "")) == "/S", f"page {number}: tab order")
        box = [float(side) for side in page.MediaBox]
        self.must(abs(box[2] - 595.28) < 0.1 and abs(box[3] - 841.89) < 0.1, f"page {number}: not A4")
        fonts = {}
        for name, font in page.Resources.get("/Font", {}).items():
            self.font(number, name, font)
            fonts[name] = self.cmap(font)
        inside, font, open_marks = None, None, []
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                tag = str(operands[0])
                listed = operands[1] if len(operands) > 1 and not isinstance(operands[1], pikepdf.Name) else {}
                if "/MCID" in listed:
                    inside = (number, int(listed["/MCID"]))
                    self.content[inside] = ""
                    self.must(tag != "/Artifact", f"page {number}: an artifact with a name")
                elif tag == "/Artifact":
                    inside = "artifact"
                open_marks.append((tag, "/MCID" in listed or tag == "/Artifact"))
            elif operator == "EMC":
                if open_marks.pop()[1]:
                    inside = None
            elif operator == "Tf":
                font = fonts[str(operands[0])]
            elif operator in ("Tj", "TJ"):
                self.must(inside is not None, f"page {number}: text outside all marks")
                shown = operands[0] if operator == "TJ" else [operands[0]]
                text = "".join(self.decode(font, bytes(piece)) for piece in shown if isinstance(piece, pikepdf.String))
                if isinstance(inside, tuple):
                    self.content[inside] += text
            elif operator in ("f", "f*", "S", "B", "Do", "sh"):
                self.must(inside == "artifact", f"page {number}: drawing that is not marked as no content")
        self.must(not open_marks, f"page {number}: marks left open")

    def font(self, number, name, font):
        self.must(str(font.Subtype) == "/Type0", f"page {number}: font {name} is {font.Subtype}")
        self.must("/ToUnicode" in font, f"page {number}: font {name} has no ToUnicode")
        below = font.DescendantFonts[0]
        held = {"/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys())
        self.must(len(held) == 1, f"page {number}: font {name} is not embedded")
        self.must(re.match(r"/[A-Z]{6}\+NotoSans", str(font.BaseFont)), f"page {number}: font {font.BaseFont}")

    def cmap(self, font):
        key = font.objgen
        if key not in self.cmaps:
            found = {}
            if "/ToUnicode" not in font:
                return found
            text = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
            to = lambda digits: bytes.fromhex(digits).decode("utf-16-be")
            for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
                for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                    found[int(code, 16)] = to(value)
            for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
                for low, high, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                    for code in range(int(low, 16), int(high, 16) + 1):
                        found[code] = chr(ord(to(value)) + code - int(low, 16))
            self.cmaps[key] = found
        return self.cmaps[key]

    def decode(self, cmap, raw):
        codes = [int.from_bytes(raw[at:at + 2], "big") for at in range(0, len(raw), 2)]
        self.must(all(codes), "a glyph that is no character")
        self.must(all(code in cmap for code in codes), "a glyph without its character")
        return "".join(cmap.get(code, "\ufffd") for code in codes)

    def tree(self):
        heard, order = [], []
        root = self.pdf.Root.StructTreeRoot
        top = root.K if not isinstance(root.K, pikepdf.Array) else root.K[0]
        self.must(str(top.S) == "/Document", f"the top of the tree is {top.S}")
        self.must(str(top.get("/Lang", self.language)) == self.language, "the tree has another language")
        self.walk(top, self.language, None, heard, order)
        return heard, order

    def walk(self, element, language, page, heard, order):
        tag = str(element.S)[1:]
        self.must(tag in STANDARD, f"{tag} is no standard tag")
        language = str(element.get("/Lang", language))
        page = element.get("/Pg", page)
        text, kids = "", element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        self.must(kids, f"an empty {tag}")
        for kid in kids:
            if isinstance(kid, int) or (isinstance(kid, pikepdf.Dictionary) and str(kid.get("/Type", "")) == "/MCR"):
                on = page if isinstance(kid, int) else kid.get("/Pg", page)
                name = (self.place(on), int(kid if isinstance(kid, int) else kid.MCID))
                self.must(tag not in MAY_HOLD, f"{tag} holds text itself")
                order.append(name)
                text += self.content.get(name, "")
            else:
                below = str(kid.S)[1:]
                self.must(below in MAY_HOLD.get(tag, ()), f"{below} within {tag}")
                self.must(kid.P.objgen == element.objgen, f"{below} has another parent")
                if text:
                    heard.append((tag, language, words(text)))
                    text = ""
                self.walk(kid, language, page, heard, order)
        if text:
            heard.append((tag, language, words(text)))
        if tag == "TH":
            attributes = element.get("/A", pikepdf.Array([]))
            scopes = [str(a.get("/Scope", "")) for a in (attributes if isinstance(attributes, pikepdf.Array) else [attributes])]
            self.must("/Row" in scopes, "a header without scope")
        if tag in ("H1", "H2"):
            self.must(words(str(element.get("/T", ""))) == words(text), "a heading with another title")

    def place(self, page):
        return next(at for at, other in enumerate(self.pdf.pages) if other.obj.objgen == page.objgen)

    def parents(self):
        numbers = {}
        def gather(node):
            for kid in node.get("/Kids", []):
                gather(kid)
            listed = node.get("/Nums", [])
            for at in range(0, len(listed), 2):
                numbers[int(listed[at])] = listed[at + 1]
        gather(self.pdf.Root.StructTreeRoot.ParentTree)
        for at, page in enumerate(self.pdf.pages):
            listed = numbers.get(int(page.get("/StructParents", -1)))
            marks = [mcid for number, mcid in self.content if number == at]
            self.must(listed is not None and len(listed) == len(marks), f"page {at}: the parent tree does not fit")

    def compare(self, heard):
        expected = []
        for line in self.path.with_suffix(".txt").read_text().splitlines():
            tag, language, text = line.split("\t")
            expected.append((tag, language or self.language, words(text)))
        # Sender, date and address come first; their lines are not in the list.
        at = next((i for i, (tag, _, _) in enumerate(heard) if tag == "H1"), 0)
        self.must(all(tag == "P" for tag, _, _ in heard[:at]), "the head is not of paragraphs")
        body = [item for item in heard[at:] if item[0] != "Lbl"]
        self.must(self.title == body[0][2], "the title is not the heading")
        # A word wider than its column is broken without a space.
        self.must(body == expected, f"heard otherwise than meant: {next(((a, b) for a, b in zip(body, expected) if a != b), (len(body), len(expected)))}")

    def seen(self):
        """What is heard is what poppler finds on the page, in the same order of lines within each column."""
        pages = len(self.pdf.pages)
        raw = subprocess.run(["pdftotext", "-raw", str(self.path), "-"], capture_output=True, text=True, check=True).stdout
        by_page = raw.split("\f")
        for at in range(pages):
            letters = lambda text: "".join(text.split())
            said = letters("".join(text for (page, _), text in sorted(self.content.items()) if page == at))
            shown = letters(by_page[at])
            self.must(shown.startswith(said), f"page {at}: poppler reads something else, or in another order")
            number = f"Sida{at + 1}av{pages}", f"Page{at + 1}of{pages}"
            self.must(shown[len(said):].endswith(number), f"page {at}: no page number")

    def tools(self):
        fonts = subprocess.run(["pdffonts", str(self.path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        self.must(len(fonts) == 2, f"{len(fonts)} fonts")
        for line in fonts:
            self.must("CID TrueType" in line and line.split()[-5:-2] == ["yes", "yes", "yes"], f"poppler: {line}")
        info = subprocess.run(["pdfinfo", str(self.path)], capture_output=True, text=True, check=True).stdout
        self.must(re.search(r"Tagged:\s+yes", info) and re.search(r"JavaScript:\s+no", info), "poppler: not tagged")
        tags = subprocess.run(["pdfinfo", "-struct", str(self.path)], capture_output=True, check=True)
        # Poppler calls a `Suspects` that is false, as PDF/UA-1 wants it, of a wrong type.
        said = tags.stderr.replace(b"Syntax Error: Suspects object is wrong type (boolean)\n", b"")
        self.must(b"Document" in tags.stdout and not said, f"poppler: {said}")
        drawn = subprocess.run(["pdftoppm", "-r", "20", "-gray", str(self.path)], capture_output=True)
        self.must(drawn.returncode == 0 and not drawn.stderr, "poppler: cannot draw it")


def main():
    letters = [Letter(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))]
    for letter in letters:
        letter.check()
    faults = [fault for letter in letters for fault in letter.faults]
    print("\n".join(faults) or f"{len(letters)} letters, {sum(len(letter.pdf.pages) for letter in letters)} pages: read as they are meant")
    sys.exit(1 if faults or not letters else 0)


main()
