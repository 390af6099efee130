//! The pages of a document, and what each is drawn with.

use super::content;
use super::object::{Dictionary, Indirect, Object, name_of};
use super::rebuild::{Rebuild, dictionary, group, packed, reference, resources};
use super::source::Source;
use crate::letter::exhibit::WithheldBecause::{self, ActiveContent, CannotBeCleaned, Damaged, TooLarge};
use std::collections::HashSet;
use std::rc::Rc;

/// Pages of one document.
const PAGES: usize = 2_000;
/// Entries of a page that it may inherit, beside its resources (ISO 32000-1 table 30).
const INHERITED: [&str; 3] = ["MediaBox", "CropBox", "Rotate"];

/// The document with its pages alone.
pub(super) fn clean(source: Source<'_>, most: usize) -> Result<Vec<u8>, WithheldBecause> {
    let mut rebuild = Rebuild::new(source, most);
    let catalog = rebuild.source.root()?;
    let catalog = catalog.dictionary()?;
    refuse(&mut rebuild, catalog)?;
    let (root, tree) = (rebuild.reserve(), rebuild.reserve());
    let mut pages = Vec::new();
    for page in leaves(&mut rebuild, catalog.get(&b"Pages"[..]).ok_or(Damaged)?)? {
        let number = rebuild.reserve();
        pages.push(reference(number));
        let mut built = write(&mut rebuild, &page)?;
        built.insert(b"Parent".to_vec(), reference(tree));
        rebuild.set(number, (Object::Dictionary(built), None))?;
    }
    let named = |kind: &str| (b"Type".to_vec(), Object::name(kind));
    rebuild.set(root, dictionary([named("Catalog"), (b"Pages".to_vec(), reference(tree))].into())?)?;
    let count = (b"Count".to_vec(), Object::number(pages.len()));
    rebuild.set(tree, dictionary([named("Pages"), count, (b"Kids".to_vec(), Object::Array(pages))].into())?)?;
    rebuild.finish()
}

/// Refuses documents that show more, or something else, than their pages.
fn refuse(rebuild: &mut Rebuild<'_>, catalog: &Dictionary) -> Result<(), WithheldBecause> {
    if catalog.get(&b"NeedsRendering"[..]) == Some(&Object::Boolean(true)) {
        return Err(ActiveContent);
    }
    for key in ["OCProperties", "Collection"] {
        if rebuild.source.entry(catalog, key)? != Object::Null {
            return Err(CannotBeCleaned);
        }
    }
    Ok(())
}

/// A page with what it inherits.
struct Leaf<'a> {
    page: Rc<Indirect<'a>>,
    inherited: Dictionary,
    resources: Option<Rc<Indirect<'a>>>,
}

/// Every page in its order. Walks without recursion, and meets no node twice.
fn leaves<'a>(rebuild: &mut Rebuild<'a>, root: &Object) -> Result<Vec<Leaf<'a>>, WithheldBecause> {
    let (mut leaves, mut seen) = (Vec::new(), HashSet::new());
    let mut todo = vec![(root.clone(), Dictionary::new(), None)];
    while let Some((node, mut inherited, mut resources)) = todo.pop() {
        let Object::Reference(id) = node else { return Err(Damaged) };
        let page = rebuild.source.get(id)?;
        if !seen.insert(id) || seen.len() > PAGES.saturating_mul(2) || leaves.len() >= PAGES {
            return Err(if seen.len() > PAGES { TooLarge } else { Damaged });
        }
        let entries = page.dictionary()?;
        inherited.extend(rebuild.plain(entries, &INHERITED)?);
        if let Some(own) = entries.get(&b"Resources"[..]) {
            resources = Some(shared(rebuild, own)?);
        }
        let Some(kids) = entries.get(&b"Kids"[..]) else {
            leaves.push(Leaf { page, inherited, resources });
            continue;
        };
        let kids = rebuild.source.resolve(kids)?;
        for kid in kids.as_array().ok_or(Damaged)?.iter().rev() {
            rebuild.source.charge(1)?;
            todo.push((kid.clone(), inherited.clone(), resources.clone()));
        }
    }
    Ok(leaves)
}

fn shared<'a>(rebuild: &mut Rebuild<'a>, object: &Object) -> Result<Rc<Indirect<'a>>, WithheldBecause> {
    match object {
        Object::Reference(id) => rebuild.source.get(*id),
        direct => Ok(Rc::new(Indirect { object: direct.clone(), stream: None })),
    }
}

fn write<'a>(rebuild: &mut Rebuild<'a>, leaf: &Leaf<'a>) -> Result<Dictionary, WithheldBecause> {
    let entries = leaf.page.dictionary()?;
    if name_of(entries, "Type").is_some_and(|kind| kind != b"Page") {
        return Err(Damaged);
    }
    annotations(rebuild, entries)?;
    let mut kept = rebuild.plain(entries, &["UserUnit"])?;
    kept.extend(leaf.inherited.clone());
    kept.insert(b"Type".to_vec(), Object::name("Page"));
    group(rebuild, entries, &mut kept)?;
    let drawn = contents(rebuild, entries)?;
    let (drawn, used) = content::rewrite(&drawn, rebuild.source.budget)?;
    let empty = Dictionary::new();
    let held = leaf.resources.as_ref().and_then(|found| found.object.as_dictionary()).unwrap_or(&empty);
    let resources = resources(rebuild, held, &used)?;
    kept.insert(b"Resources".to_vec(), resources);
    let number = rebuild.reserve();
    rebuild.set(number, packed(Dictionary::new(), &drawn)?)?;
    kept.insert(b"Contents".to_vec(), reference(number));
    Ok(kept)
}

/// The streams of a page as one: between two of them no word goes on (ISO 32000-1 §7.8.2).
fn contents(rebuild: &mut Rebuild<'_>, entries: &Dictionary) -> Result<Vec<u8>, WithheldBecause> {
    let Some(contents) = entries.get(&b"Contents"[..]) else { return Ok(Vec::new()) };
    let parts = match contents {
        Object::Reference(id) => match &rebuild.source.get(*id)?.object {
            Object::Array(parts) => parts.clone(),
            _ => vec![contents.clone()],
        },
        Object::Array(parts) => parts.clone(),
        _ => return Err(Damaged),
    };
    let mut drawn = Vec::new();
    for part in &parts {
        let Object::Reference(id) = part else { return Err(Damaged) };
        let found = rebuild.source.get(*id)?;
        if found.object != Object::Null {
            drawn.extend_from_slice(&rebuild.source.unpacked(&found)?);
            drawn.push(b'\n');
        }
    }
    Ok(drawn)
}

/// No annotation is kept. Notes and links may go; what would change the page if it went (fields, stamps, a black box over a number) keeps the document back,
/// and so does what plays or runs.
fn annotations(rebuild: &mut Rebuild<'_>, entries: &Dictionary) -> Result<(), WithheldBecause> {
    let annotations = match rebuild.source.entry(entries, "Annots")? {
        Object::Null => return Ok(()),
        Object::Array(annotations) => annotations,
        _ => return Err(Damaged),
    };
    for annotation in annotations {
        rebuild.source.charge(1)?;
        let annotation = rebuild.source.resolve(&annotation)?;
        let Object::Dictionary(annotation) = annotation else { continue };
        match rebuild.source.entry(&annotation, "Subtype")?.as_name() {
            Some(b"Link" | b"Text" | b"Popup" | b"FileAttachment") => {}
            Some(b"Widget") if is_invisible(rebuild, &annotation)? => {}
            Some(b"Screen" | b"Movie" | b"Sound" | b"RichMedia" | b"3D") => return Err(ActiveContent),
            _ => return Err(CannotBeCleaned),
        }
    }
    Ok(())
}

/// Whether nothing of a field is seen: signatures are often such fields.
fn is_invisible(rebuild: &mut Rebuild<'_>, annotation: &Dictionary) -> Result<bool, WithheldBecause> {
    let hidden = rebuild.source.entry(annotation, "F")?.count().is_some_and(|flags| flags & 2 != 0);
    let place = rebuild.plain(annotation, &["Rect"])?;
    let corners = place.get(&b"Rect"[..]).and_then(Object::as_array).unwrap_or_default();
    let empty = matches!(corners, [left, bottom, right, top] if left == right && bottom == top);
    Ok(hidden || empty)
}
