"""Invented PDFs: a plain one, and those that somebody sends who means harm."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream


def plain(pages: int = 1, words: str = "Bridge") -> Pdf:
    """So many pages that say something."""
    made = Pdf.new()
    font = made.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for _ in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(A=font))
        page.obj.Contents = Stream(made, f"BT /A 24 Tf 60 700 Td ({words}) Tj ET".encode())
    return made


def saved(made: Pdf, **how: object) -> bytes:
    out = BytesIO()
    made.save(out, **how)
    return out.getvalue()


def paper(pages: int = 1, words: str = "Bridge") -> bytes:
    return saved(plain(pages, words), static_id=True)


def acting(**action: object) -> Dictionary:
    return Dictionary(Type=Name.Action, **action)


def with_everything() -> bytes:
    """Script, launching, links, a file, a form, a name, outside pictures, all in one."""
    made = plain()
    page = made.pages[0]
    script = acting(S=Name.JavaScript, JS="app.alert('harm')")
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=acting(S=Name.Launch, F="harm.exe"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
    made.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(made, b"<harm/>"))
    made.attachments["harm.exe"] = b"MZharm"
    page.obj.AA = Dictionary(O=acting(S=Name.URI, URI="https://harm.example/"))
    page.obj.Metadata = Stream(made, b"<x:xmpmeta>owner somebody</x:xmpmeta>")
    page.obj.PieceInfo = Dictionary(Maker=Dictionary(Private="somebody"))
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 100, 100]),
        A=acting(S=Name.URI, URI="https://harm.example/"),
    )
    page.obj.Annots = made.make_indirect(Array([made.make_indirect(link)]))
    outside = Stream(made, b"x", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    outside.F = Dictionary(Type=Name.Filespec, F="https://harm.example/p.png")
    script_in_postscript = Stream(made, b"harm", Type=Name.XObject, Subtype=Name.PS)
    page.obj.Resources.XObject = Dictionary(A=outside, JS=script_in_postscript)
    with made.open_metadata() as told:
        told["dc:creator"] = ["somebody"]
    made.docinfo["/Author"] = "somebody"
    return saved(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def with_hidden_things() -> bytes:
    """A page that draws one form; beside it what nobody sees and no page needs."""
    made = plain()
    page, form = made.pages[0].obj, {"Type": Name.XObject, "Subtype": Name.Form}
    said = b"BT /A 9 Tf (drawn by its page) Tj ET"
    shown = Stream(made, said, BBox=Array([0, 0, 9, 9]), **form)
    shown.Resources = Dictionary(Font=page.Resources.Font, Odd=Dictionary(Text="words in no key"))
    page.Contents = Stream(made, b"BT /A 24 Tf 60 700 Td (Bridge) Tj ET /F Do /B Do")
    page.Resources.XObject = Dictionary(
        F=shown,
        B=Stream(made, b"%PDF-1.4 <script>"),
        C=Stream(made, b"other bytes", BBox=Array([0, 0, 9, 9]), **form),
    )
    page.Resources.Odd = Dictionary(A=Dictionary(S=Name.URI, U="http://harm"))
    page.Resources.Properties = Dictionary(JS=Stream(made, b"a script"))
    return saved(made, compress_streams=False)


def with_a_photo(jpeg: bytes) -> bytes:
    """A page that is one photo of 40 by 30 dots, as a telephone makes them."""
    made = plain()
    photo = Stream(made, b"", Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30)
    photo.ColorSpace, photo.BitsPerComponent = Name.DeviceRGB, 8
    photo.write(jpeg, filter=Name.DCTDecode)
    made.pages[0].obj.Resources.XObject = Dictionary(P=photo)
    made.pages[0].obj.Contents = Stream(made, b"400 0 0 300 50 300 cm /P Do")
    return saved(made)


def locked() -> bytes:
    return saved(plain(), encryption=pikepdf.Encryption(owner="a", user="b"))


def locked_for_owners() -> bytes:
    """Opens without a word, and is encrypted all the same."""
    return saved(plain(), encryption=pikepdf.Encryption(owner="a", user=""))


def bomb(size: int) -> bytes:
    """A page whose contents unpack to so many bytes."""
    made = plain()
    made.pages[0].obj.Contents = Stream(made, b" " * size)
    return saved(made, compress_streams=True)


def bomb_in_a_bomb(size: int) -> bytes:
    """Packed twice: small at the first look."""
    import zlib  # noqa: PLC0415

    made = plain()
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    contents = Stream(made, b"")
    contents.write(packed, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    made.pages[0].obj.Contents = contents
    return saved(made, compress_streams=False)


def flood() -> bytes:
    """A picture of 50,000 by 50,000 that takes no place at all."""
    made = plain()
    picture = Stream(made, b"", Type=Name.XObject, Subtype=Name.Image)
    picture.Width = picture.Height = 50_000
    made.pages[0].obj.Resources.XObject = Dictionary(P=picture)
    made.pages[0].obj.Contents = Stream(made, b"/P Do")
    return saved(made)


def deep(levels: int = 5000) -> bytes:
    """A list in a list in a list."""
    nested = b"[" * levels + b"]" * levels
    return paper().replace(b"/Resources", b"/Nested " + nested + b" /Resources", 1)


def in_a_circle() -> bytes:
    """A form that is made of itself."""
    made = plain()
    form = Stream(made, b"/Me Do", Type=Name.XObject, Subtype=Name.Form)
    form = made.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    made.pages[0].obj.Resources.XObject = Dictionary(Me=form)
    return saved(made)


def polyglot() -> bytes:
    """A page of HTML that is a PDF as well, and an archive behind it."""
    return b"<html><script>harm()</script>\n" + paper() + b"PK\x03\x04harm"
