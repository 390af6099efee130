use super::picture::jpeg;
use super::{CANARY, cleaned, refused};
use crate::letter::exhibit::inflate;
use crate::letter::exhibit::{ExhibitKind, WithheldBecause};

/// A file that grows revision by revision, as programs save it.
#[derive(Clone)]
struct File {
    bytes: Vec<u8>,
    previous: Option<usize>,
}

type Numbered = (usize, Vec<u8>);

fn object(number: usize, text: &str) -> Numbered {
    (number, text.as_bytes().to_vec())
}

fn stream(number: usize, entries: &str, bytes: &[u8]) -> Numbered {
    (number, [format!("<<{entries}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat())
}

impl File {
    fn new() -> Self {
        File { bytes: format!("%PDF-1.4\n%{CANARY}\n").into_bytes(), previous: None }
    }

    /// Adds a revision with these objects and a table of them.
    fn save(mut self, objects: &[Numbered], trailer: &str) -> Self {
        let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        for (number, content) in objects {
            table += &format!("{number} 1\n{:010} 00000 n \n", self.bytes.len());
            self.bytes.extend_from_slice(&[format!("{number} 0 obj\n").as_bytes(), content, b"\nendobj\n"].concat());
        }
        let at = self.bytes.len();
        let previous = self.previous.map(|previous| format!("/Prev {previous}")).unwrap_or_default();
        let end = format!("{table}trailer\n<</Size 99/Root 1 0 R{trailer}{previous}>>\nstartxref\n{at}\n%%EOF\n");
        self.bytes.extend_from_slice(end.as_bytes());
        self.previous = Some(at);
        self
    }
}

/// A page with a letter, a photograph and a drawing.
fn shown() -> Vec<Numbered> {
    let content = "q 1 0 0 1 0 0 cm /F1 12 Tf BT (Facture \\(300\\)) Tj ET Q /P1 Do /D1 Do /C1 cs 1 0 0 scn";
    vec![
        object(1, "<</Type/Catalog/Pages 2 0 R>>"),
        object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]/Resources 6 0 R>>"),
        object(3, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"),
        stream(4, "", content.as_bytes()),
        object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        object(6, "<</Font<</F1 5 0 R>>/XObject<</P1 7 0 R/D1 8 0 R>>/ColorSpace<</C1[/ICCBased 9 0 R]>>>>"),
        stream(7, "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", &jpeg(&[])),
        stream(8, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>", b"0 0 9 9 re f"),
        stream(9, "/N 3", b"profile"),
    ]
}

fn clean(file: &File) -> Vec<u8> {
    cleaned(&file.bytes, ExhibitKind::Pdf)
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// The one packed stream in which `part` stands.
fn unpacked(bytes: &[u8], part: &str) -> Option<String> {
    let starts = bytes.windows(7).enumerate().filter(|(_, window)| *window == b"stream\n").map(|(at, _)| at + 7);
    let streams = starts.filter_map(|at| inflate::Budget::of_a_mail().unpack(&bytes[at..]).ok());
    streams.map(|(stream, _)| String::from_utf8_lossy(&stream).into_owned()).find(|stream| stream.contains(part))
}

#[test]
fn a_page_is_drawn_as_before() {
    let clean = clean(&File::new().save(&shown(), ""));
    let drawn = unpacked(&clean, "Facture").unwrap();
    assert_eq!(drawn, "q\n1 0 0 1 0 0 cm\n/F1 12 Tf\nBT\n(Facture \\(300\\)) Tj\nET\nQ\n/P1 Do\n/D1 Do\n/C1 cs\n1 0 0 scn\n",);
    assert_eq!(unpacked(&clean, "9 re").as_deref(), Some("0 0 9 9 re\nf\n"));
    assert!(clean.windows(jpeg(&[]).len()).any(|window| window == jpeg(&[])), "the photograph");
    for part in ["/BaseFont /Helvetica", "/MediaBox [0 0 200 100 ]", "/C1 /DeviceRGB", "/Kids [3 0 R ]"] {
        assert!(holds(&clean, part), "{part} in {}", String::from_utf8_lossy(&clean));
    }
}

/// The same page with a canary in every place that is not drawn.
fn talkative() -> File {
    let c = CANARY;
    let wide: String = CANARY.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    let packed = inflate::pack(format!("<?xpacket?>{c}").as_bytes()).unwrap();
    let content = format!(
        "%{c}\nq /Span<</ActualText({c})/Lang({c})>>BDC 1 0 0 1 0 0 cm /F1 12 Tf BT (Facture) Tj ET EMC /{c} MP Q /P1 Do /D1 Do\nq BI /W 2 /H 1 /BPC 8 /CS /G /{c} ({c}) ID ab\nEI Q"
    );
    let photograph = [&jpeg(&[[&[0xff, 0xfe, 0, 14][..], c.as_bytes()].concat()])[..], c.as_bytes()].concat();
    let mut objects = shown();
    let catalog = format!(
        "<</Type/Catalog/Pages 2 0 R/Metadata 20 0 R/Outlines 21 0 R/Lang({c})/OpenAction<</S/JavaScript/JS({c})>>/AA<</WC<</S/JavaScript/JS 22 0 R>>>>\
         /Names<</EmbeddedFiles<</Names[({c})23 0 R]>>/JavaScript<</Names[({c})25 0 R]>>>>/PieceInfo<</{c}<</Private({c})>>>>/AcroForm<</XFA 22 0 R/Fields[]>>\
         /StructTreeRoot 26 0 R/MarkInfo<</Marked true>>/PageLabels<</Nums[0<</P({c})>>]>>/ViewerPreferences<<>>/AF[23 0 R]>>"
    );
    let page = format!(
        "<</Type/Page/Parent 2 0 R/Contents[4 0 R 11 0 R]/Metadata 20 0 R/PieceInfo<</X<</Private({c})>>>>/LastModified({c})/Thumb 27 0 R/AA<</O<</S/URI/URI({c})>>>>\
         /Annots[<</Subtype/Text/Rect[0 0 9 9]/T({c})/Contents<feff{wide}>/RC({c})>><</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://{c}.example)>>>>\
         <</Subtype/Widget/FT/Sig/Rect[0 0 0 0]/T({c})/V<</Name({c})/Contents<00>>>>>]/Tabs/S/StructParents 0>>"
    );
    for (number, text) in [(1, catalog), (3, page)] {
        objects[number - 1] = object(number, &text);
    }
    objects[3] = stream(4, &format!("/{c}({c})"), content.as_bytes());
    objects[4] = object(5, &format!("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/{c}/FontDescriptor 28 0 R/ToUnicode 29 0 R>>"));
    objects[6] = stream(
        7,
        &format!("/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode/Metadata 20 0 R/Name/{c}"),
        &photograph,
    );
    objects[7] = stream(
        8,
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</{c} 5 0 R>>>>/LastModified({c})/PieceInfo<</{c} 20 0 R>>"),
        b"0 0 9 9 re f",
    );
    objects[8] = stream(9, "/N 3", c.as_bytes());
    objects.extend([
        stream(11, "/Filter[/ASCII85Decode]", b"~>"),
        stream(20, "/Type/Metadata/Subtype/XML/Filter/FlateDecode", &packed),
        object(21, &format!("<</Type/Outlines/First<</Title({c})>>>>")),
        stream(22, "", c.as_bytes()),
        object(23, &format!("<</Type/Filespec/F({c})/EF<</F 24 0 R>>/Desc({c})>>")),
        stream(24, &format!("/Type/EmbeddedFile/Params<</CheckSum({c})>>"), c.as_bytes()),
        object(25, &format!("<</S/JavaScript/JS({c})>>")),
        object(26, &format!("<</Type/StructTreeRoot/K[<</S/P/T({c})/Alt({c})>>]>>")),
        stream(27, "/Width 1/Height 1", c.as_bytes()),
        object(28, &format!("<</Type/FontDescriptor/FontName/Helvetica/Flags 32/FontFamily({c})/CharSet(/{c})/Lang/{c}>>")),
        stream(
            29,
            &format!("/{c}({c})"),
            format!("%{c}\n/CIDSystemInfo<</Registry({c})/Ordering({c})>>def /CMapName/{c} def\n1 beginbfchar\n<46> <0046>\nendbfchar").as_bytes(),
        ),
        object(30, &format!("<</Nobody(needs {c})>>")),
    ]);
    objects.push(object(31, &format!("<</Title({c})/Author<feff{wide}>/Producer({c})>>")));
    let id: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    File::new().save(&objects, &format!("/Info 31 0 R/ID[<{id}><{id}>]"))
}

#[test]
fn nothing_that_is_not_drawn_survives() {
    let clean = clean(&talkative());
    assert_eq!(
        unpacked(&clean, "Facture").as_deref(),
        Some("q\n1 0 0 1 0 0 cm\n/F1 12 Tf\nBT\n(Facture) Tj\nET\nQ\n/P1 Do\n/D1 Do\nq\nBI /BPC 8 /CS /G /H 1 /W 2 ID ab\nEI\nQ\n")
    );
    assert!(clean.windows(jpeg(&[]).len()).any(|window| window == jpeg(&[])), "the photograph");
    assert!(unpacked(&clean, "1 beginbfchar\n<46>\n<0046>\nendbfchar").is_some(), "which letter is which");
    for key in
        ["Info", "/ID", "Metadata", "Annots", "JavaScript", "EmbeddedFile", "Thumb", "PieceInfo", "OpenAction", "/AA", "Outlines", "StructTree", "AcroForm"]
    {
        assert!(!holds(&clean, key), "{key}");
    }
}

#[test]
fn earlier_revisions_and_unused_resources_are_gone() {
    let mut first = shown();
    first[3] = stream(4, "", format!("BT /F1 9 Tf ({CANARY}) Tj ET").as_bytes());
    let second = [stream(4, "", b"BT /F1 9 Tf (Seconde) Tj ET"), stream(7, "/Type/XObject/Subtype/Image/Width 1/Height 1", CANARY.as_bytes())];
    let clean = clean(&File::new().save(&first, "").save(&second, ""));
    assert!(unpacked(&clean, "Seconde").is_some());
    assert!(!holds(&clean, "/Image"), "a picture that is drawn nowhere");
}

#[test]
fn objects_that_are_packed_into_streams_are_found() {
    let inner = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"];
    let (mut heads, mut body) = (String::new(), format!("%{CANARY}\n"));
    for (number, text) in inner.iter().enumerate() {
        heads += &format!("{} {} ", number + 1, body.len());
        body += &format!("{text} ");
    }
    let packed = inflate::pack(format!("{heads}{body}").as_bytes()).unwrap();
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut rows = vec![[0, 0, 0, 0], [2, 0, 5, 0], [2, 0, 5, 1], [2, 0, 5, 2]];
    let held = format!("/Type/ObjStm/N 3/First {}/Filter/FlateDecode", heads.len());
    for (number, content) in [stream(4, "", b"0 0 1 1 re f"), stream(5, &held, &packed)] {
        let [high, low] = u16::try_from(bytes.len()).unwrap().to_be_bytes();
        rows.push([1, high, low, 0]);
        bytes.extend_from_slice(&[format!("{number} 0 obj\n").as_bytes(), content.as_slice(), b"\nendobj\n"].concat());
    }
    let at = bytes.len();
    // Each row as its difference from the one above.
    let mut above = [0u8; 4];
    let mut table = Vec::new();
    for row in rows {
        table.push(2);
        table.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let entries = "/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";
    let (_, content) = stream(6, entries, &inflate::pack(&table).unwrap());
    bytes.extend_from_slice(&[&b"6 0 obj\n"[..], &content, format!("\nendobj\nstartxref\n{at}\n%%EOF").as_bytes()].concat());
    let clean = cleaned(&bytes, ExhibitKind::Pdf);
    assert_eq!(unpacked(&clean, "re").as_deref(), Some("0 0 1 1 re\nf\n"));
}

/// The page with one object in another's place.
fn with(replaced: Numbered, trailer: &str) -> File {
    let mut objects = shown();
    let number = replaced.0;
    objects[number - 1] = replaced;
    File::new().save(&objects, trailer)
}

#[test]
fn what_cannot_surely_be_cleaned_stays() {
    use WithheldBecause::{ActiveContent, CannotBeCleaned, Damaged, Encrypted, TooLarge};
    let page = |more: &str| object(3, &format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{more}>>"));
    let picture = |filter: &str| stream(7, &format!("/Subtype/Image/Width 8/Height 8{filter}"), b"pixels");
    let bomb = inflate::pack(&vec![b' '; 64 << 20]).unwrap();
    for (file, because) in [
        (with(page(""), "/Encrypt<</Filter/Standard>>"), Encrypted),
        (with(page("/Annots[<</Subtype/Square/Rect[0 0 9 9]>>]"), ""), CannotBeCleaned),
        (with(page("/Annots[<</Subtype/Widget/FT/Tx/Rect[0 0 9 9]/V(x)>>]"), ""), CannotBeCleaned),
        (with(page("/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]"), ""), ActiveContent),
        (with(object(1, "<</Type/Catalog/Pages 2 0 R/NeedsRendering true>>"), ""), ActiveContent),
        (with(object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[]>>>>"), ""), CannotBeCleaned),
        (with(picture("/Filter/JPXDecode"), ""), CannotBeCleaned),
        (with(picture("/Filter/JBIG2Decode"), ""), CannotBeCleaned),
        (with(picture("/Filter/DCTDecode"), ""), Damaged),
        (with(picture("/OC 5 0 R"), ""), CannotBeCleaned),
        (with(stream(7, "/Subtype/Image/Width 80000/Height 80000", b""), ""), TooLarge),
        (with(stream(4, "/Filter/FlateDecode", &bomb), ""), TooLarge),
        (with(stream(4, "", b"/OC /MC0 BDC 0 0 9 9 re f EMC"), ""), CannotBeCleaned),
        (with(stream(4, "", b"1 2 3 unheard"), ""), CannotBeCleaned),
        (with(stream(4, "", b"(words) w"), ""), Damaged),
        (with(stream(4, "/F(elsewhere)", b""), ""), CannotBeCleaned),
        (with(object(2, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1>>"), ""), Damaged),
        (with(object(2, &format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))), ""), Damaged),
        (with(object(6, "<</Font 6 0 R/Font 6 0 R>>"), ""), Damaged),
    ] {
        let found = refused(&file.bytes);
        assert_eq!(found, because, "{}", String::from_utf8_lossy(&file.bytes[..file.bytes.len().min(2_000)]));
    }
}

#[test]
fn a_file_that_is_cut_or_changed_anywhere_never_panics() {
    let whole = talkative().bytes;
    for end in (5..whole.len()).step_by(37) {
        assert_eq!(refused(&whole[..end]), WithheldBecause::Damaged);
    }
    let limits = crate::letter::Limits::default();
    for at in (0..whole.len()).step_by(13) {
        for byte in [0, b'[', b'<', b'9', 0xff] {
            let mut changed = whole.clone();
            changed[at] = byte;
            let _ = crate::letter::exhibit::pdf::clean(&changed, &mut inflate::Budget::of_a_mail(), limits.exhibit_bytes);
        }
    }
}
