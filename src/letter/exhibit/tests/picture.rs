use super::{CANARY, cleaned, refused};
use crate::letter::exhibit::inflate;
use crate::letter::exhibit::{ExhibitKind, WithheldBecause};

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &u16::try_from(payload.len() + 2).unwrap().to_be_bytes(), payload].concat()
}

/// Tables, frame and scans of a grey picture of 8 × 8 pixels in two scans, with a stuffed byte, a restart and bytes that fill.
fn body() -> Vec<u8> {
    let quantization = segment(0xdb, &[&[0][..], &[1; 64]].concat());
    let frame = segment(0xc2, &[8, 0, 8, 0, 16, 1, 1, 0x11, 0]);
    let lengths = |head: u8| [&[head, 2][..], &[0; 15], &[0, 1]].concat();
    let huffman = segment(0xc4, &[lengths(0), lengths(0x10)].concat());
    let first = [segment(0xda, &[1, 1, 0, 0, 0, 1]), b"\x5a\xff\0\x33\xff\xd0\x41".to_vec()].concat();
    let second = [segment(0xda, &[1, 1, 0, 1, 63, 1]), b"\x7f\xff\0".to_vec()].concat();
    [quantization, frame, segment(0xdd, &[0, 1]), huffman, first, second].concat()
}

/// A photograph with these segments before the picture.
pub fn jpeg(extra: &[Vec<u8>]) -> Vec<u8> {
    [&b"\xff\xd8"[..], &extra.concat(), &body(), b"\xff\xd9"].concat()
}

/// Exif with an orientation, a camera, and a small picture.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03\x01\x0f\0\x02\0\0\0\x0c\0\0\0\x40\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend_from_slice(&[orientation, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x40, 0, 0, 0, 0]);
    tiff.resize(0x40, 0);
    [b"Exif\0\0", tiff.as_slice(), CANARY.as_bytes(), &jpeg(&[segment(0xfe, CANARY.as_bytes())])].concat()
}

/// Everything that applications write into a photograph.
fn talkative(orientation: u8) -> Vec<u8> {
    let with = |head: &[u8]| [head, CANARY.as_bytes()].concat();
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let thumbnail = [&b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x02"[..], CANARY.as_bytes()].concat();
    let photograph = jpeg(&[
        segment(0xe0, &thumbnail),
        segment(0xe0, &with(b"JFXX\0\x10")),
        segment(0xe1, &exif(orientation)),
        segment(0xe1, &with(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>")),
        segment(0xe2, &with(b"ICC_PROFILE\0\x01\x01")),
        segment(0xe2, &with(b"MPF\0MM\0*")),
        segment(0xed, &with(b"Photoshop 3.0\x008BIM")),
        segment(0xee, &with(b"Adobe\0\x64\0\0\0\0\x01")),
        segment(0xef, &wide),
        segment(0xfe, CANARY.as_bytes()),
        b"\xff\xff".to_vec(),
    ]);
    [&photograph[..], &jpeg(&[segment(0xfe, CANARY.as_bytes())]), CANARY.as_bytes()].concat()
}

#[test]
fn a_photograph_keeps_its_pixels_and_nothing_else() {
    let clean = cleaned(&talkative(1), ExhibitKind::Jpeg);
    let jfif = segment(0xe0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0");
    let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\x01");
    assert_eq!(clean, jpeg(&[jfif, adobe]));
    assert_eq!(cleaned(&jpeg(&[]), ExhibitKind::Jpeg), jpeg(&[]));
}

#[test]
fn a_photograph_on_its_side_keeps_only_how_it_lies() {
    let clean = cleaned(&talkative(6), ExhibitKind::Jpeg);
    let minimal = segment(0xe1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    assert!(clean.windows(minimal.len()).any(|window| window == minimal));
    assert!(clean.ends_with(&[&body()[..], b"\xff\xd9"].concat()));
}

#[test]
fn a_photograph_that_is_none_stays() {
    let whole = jpeg(&[]);
    for end in 3..whole.len() {
        assert_eq!(refused(&whole[..end]), WithheldBecause::Damaged, "{end} of {} bytes", whole.len());
    }
    // Tables with something behind them, and a picture for a wall.
    let hidden = segment(0xdb, &[&[0][..], &[1; 64], CANARY.as_bytes()].concat());
    assert_eq!(refused(&jpeg(&[hidden])), WithheldBecause::Damaged);
    let huge = segment(0xc0, &[8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]);
    assert_eq!(refused(&jpeg(&[huge])), WithheldBecause::TooLarge);
    let arithmetic = segment(0xc9, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    assert_eq!(refused(&jpeg(&[arithmetic])), WithheldBecause::CannotBeCleaned);
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, &inflate::check([name, content]).to_be_bytes()].concat()
}

fn header(width: u32, height: u32, rest: [u8; 5]) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat())
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n", chunks.concat().as_slice(), &chunk(b"IEND", &[])].concat()
}

#[test]
fn a_png_keeps_its_pixels_and_colours_and_nothing_else() {
    let pixels = inflate::pack(&[0, 1, 2, 3, 4, 5, 6, 0, 9, 8, 7, 6, 5, 4]).unwrap();
    let (first, second) = pixels.split_at(5);
    let with = |head: &[u8]| [head, CANARY.as_bytes()].concat();
    let kept = [chunk(b"gAMA", &45_455u32.to_be_bytes()), chunk(b"sRGB", &[0]), chunk(b"pHYs", &[0, 0, 11, 19, 0, 0, 11, 19, 1]), chunk(b"bKGD", &[0; 6])];
    let colours = kept.concat();
    let packed = [CANARY.as_bytes(), b"\0\0", &inflate::pack(CANARY.as_bytes()).unwrap()].concat();
    let talkative = png(&[
        header(2, 2, [8, 2, 0, 0, 0]),
        chunk(b"tEXt", &with(b"Author\0")),
        chunk(b"zTXt", &packed),
        chunk(b"iTXt", &with(b"XML:com.adobe.xmp\0\0\0\0\0")),
        chunk(b"iCCP", &packed),
        chunk(b"eXIf", &with(b"MM\0*")),
        chunk(b"tIME", &[7, 234, 1, 1, 1, 1, 1]),
        chunk(b"caNv", CANARY.as_bytes()),
        colours.clone(),
        chunk(b"IDAT", first),
        chunk(b"IDAT", &with(second)),
        chunk(b"IDAT", CANARY.as_bytes()),
        chunk(b"tEXt", &with(b"Comment\0")),
    ]);
    let clean = cleaned(&[talkative.as_slice(), CANARY.as_bytes()].concat(), ExhibitKind::Png);
    assert_eq!(clean, png(&[header(2, 2, [8, 2, 0, 0, 0]), colours, chunk(b"IDAT", &pixels)]));
}

#[test]
fn a_png_that_is_none_or_too_much_stays() {
    let picture = |header: Vec<u8>, pixels: &[u8]| png(&[header, chunk(b"IDAT", &inflate::pack(pixels).unwrap())]);
    let grey = [8, 0, 0, 0, 0];
    assert!(!cleaned(&picture(header(1, 2, grey), &[0, 7, 0, 9]), ExhibitKind::Png).is_empty());
    assert!(!cleaned(&picture(header(3, 3, [1, 0, 0, 0, 1]), &[0; 12]), ExhibitKind::Png).is_empty(), "interlaced");
    assert_eq!(refused(&picture(header(1, 2, grey), &[0, 7, 0, 9, 1])), WithheldBecause::Damaged, "more pixels than it has");
    assert_eq!(refused(&picture(header(1, 3, grey), &[0, 7, 0, 9])), WithheldBecause::Damaged, "fewer pixels than it has");
    assert_eq!(refused(&picture(header(1, 20_000_000, grey), &vec![0; 300_000_000 >> 3])), WithheldBecause::Damaged, "a bomb");
    assert_eq!(refused(&picture(header(60_000, 60_000, grey), &[0])), WithheldBecause::TooLarge);
    let mut wrong = picture(header(1, 2, grey), &[0, 7, 0, 9]);
    wrong[20] ^= 1;
    assert_eq!(refused(&wrong), WithheldBecause::Damaged, "a check that fails");
    let film = png(&[header(1, 1, grey), chunk(b"acTL", &[0; 8]), chunk(b"IDAT", &inflate::pack(&[0, 1]).unwrap())]);
    assert_eq!(refused(&film), WithheldBecause::CannotBeCleaned);
}
