//! The new document: each object once, in the order in which it is first needed.

mod font;
mod paint;
mod picture;

use super::content::Used;
use super::encode;
use super::object::{Dictionary, Indirect, Object};
use super::source::Source;
use crate::letter::exhibit::WithheldBecause::{self, Damaged, TooLarge};
use crate::letter::exhibit::inflate;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// What an object is there for: which of its entries are copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    CharacterMap,
    Colour,
    Descriptor,
    Encoding,
    Font,
    FontFile,
    Function,
    Glyphs,
    Lookup,
    Pattern,
    Picture,
    Shading,
    SoftMask,
    State,
}

/// What is written of an object: itself, and its stream.
pub(super) type Built = (Object, Option<Vec<u8>>);

/// A document that is being written anew.
pub(super) struct Rebuild<'a> {
    pub source: Source<'a>,
    objects: Vec<Vec<u8>>,
    bytes: usize,
    most: usize,
    places: HashMap<(u32, Role), usize>,
    todo: VecDeque<(Rc<Indirect<'a>>, Role, usize)>,
}

impl<'a> Rebuild<'a> {
    /// A document of at most `most` bytes.
    pub fn new(source: Source<'a>, most: usize) -> Self {
        Self { source, objects: Vec::new(), bytes: 0, most, places: HashMap::new(), todo: VecDeque::new() }
    }

    /// The number of an object that is still to be written.
    pub fn reserve(&mut self) -> usize {
        self.objects.push(Vec::new());
        self.objects.len()
    }

    /// Writes the object with that number.
    pub fn set(&mut self, number: usize, (object, stream): Built) -> Result<(), WithheldBecause> {
        let written = match object {
            Object::Dictionary(entries) => encode::indirect(entries, stream.as_deref()),
            _ if stream.is_some() => return Err(Damaged),
            object => {
                let mut written = Vec::new();
                encode::write(&mut written, &object);
                written
            }
        };
        self.bytes = self.bytes.saturating_add(written.len());
        if self.bytes > self.most {
            return Err(TooLarge);
        }
        *number.checked_sub(1).and_then(|at| self.objects.get_mut(at)).ok_or(Damaged)? = written;
        Ok(())
    }

    /// `object` as it is written where it is used: a reference to the new object, or what is left of it.
    pub fn refer(&mut self, object: &Object, role: Role) -> Result<Object, WithheldBecause> {
        let Object::Reference((number, generation)) = object else {
            return Ok(self.build(&Indirect { object: object.clone(), stream: None }, role)?.0);
        };
        if let Some(known) = self.places.get(&(*number, role)) {
            return Ok(reference(*known));
        }
        let found = self.source.get((*number, *generation))?;
        if found.object == Object::Null {
            return Ok(Object::Null);
        }
        let place = self.reserve();
        self.places.insert((*number, role), place);
        self.todo.push_back((found, role, place));
        Ok(reference(place))
    }

    /// Writes everything that was referred to.
    pub fn finish(mut self) -> Result<Vec<u8>, WithheldBecause> {
        while let Some((found, role, place)) = self.todo.pop_front() {
            let built = self.build(&found, role)?;
            self.set(place, built)?;
        }
        encode::file(&self.objects, self.most)
    }

    fn build(&mut self, found: &Indirect<'a>, role: Role) -> Result<Built, WithheldBecause> {
        self.source.charge(1)?;
        match role {
            Role::CharacterMap => font::character_map(self, found),
            Role::Colour => Ok((paint::colour(self, &found.object)?, None)),
            Role::Descriptor => font::descriptor(self, found),
            Role::Encoding => font::encoding(self, found),
            Role::Font => font::font(self, found),
            Role::FontFile => font::file(self, found),
            Role::Function => paint::function(self, found),
            Role::Glyphs => font::glyphs(self, found),
            Role::Lookup => paint::lookup(self, found),
            Role::Pattern => paint::pattern(self, found),
            Role::Picture => picture::external(self, found),
            Role::Shading => paint::shading(self, found),
            Role::SoftMask => paint::soft_mask(self, found),
            Role::State => paint::state(self, found),
        }
    }

    /// Those entries of which only numbers, truths, names and lists of them are copied.
    pub fn plain(&mut self, entries: &Dictionary, keys: &[&str]) -> Result<Dictionary, WithheldBecause> {
        let mut kept = Dictionary::new();
        for key in keys {
            if let Some(value) = entries.get(key.as_bytes()) {
                let value = self.flat(value, 0)?;
                if value != Object::Null {
                    kept.insert(key.as_bytes().to_vec(), value);
                }
            }
        }
        Ok(kept)
    }

    fn flat(&mut self, object: &Object, depth: usize) -> Result<Object, WithheldBecause> {
        self.source.charge(1)?;
        match object {
            Object::Reference(_) => {
                let object = self.source.resolve(object)?;
                if depth < DEPTH { self.flat(&object, depth.saturating_add(1)) } else { Err(Damaged) }
            }
            Object::Array(items) if depth < DEPTH => {
                let items: Result<Vec<_>, _> = items.iter().map(|item| self.flat(item, depth.saturating_add(1))).collect();
                Ok(Object::Array(items?))
            }
            plain if plain.is_plain() => Ok(plain.clone()),
            _ => Err(Damaged),
        }
    }

    /// Copies the entry under `key`, if there is one, for what it is there for.
    pub fn entry(&mut self, entries: &Dictionary, key: &str, role: Role, kept: &mut Dictionary) -> Result<(), WithheldBecause> {
        if let Some(value) = entries.get(key.as_bytes()) {
            let value = self.refer(value, role)?;
            if value != Object::Null {
                kept.insert(key.as_bytes().to_vec(), value);
            }
        }
        Ok(())
    }
}

/// Levels of plain lists.
const DEPTH: usize = 8;

/// A reference to the object with that number of the new document.
pub(super) fn reference(number: usize) -> Object {
    u32::try_from(number).map_or(Object::Null, |number| Object::Reference((number, 0)))
}

/// A dictionary, built.
pub(super) fn dictionary(kept: Dictionary) -> Result<Built, WithheldBecause> {
    Ok((Object::Dictionary(kept), None))
}

/// A stream of `bytes`, packed.
pub(super) fn packed(mut entries: Dictionary, bytes: &[u8]) -> Result<Built, WithheldBecause> {
    entries.insert(b"Filter".to_vec(), Object::name("FlateDecode"));
    Ok((Object::Dictionary(entries), Some(inflate::pack(bytes)?)))
}

/// Of the resources those that are drawn with.
pub(super) fn resources(rebuild: &mut Rebuild<'_>, held: &Dictionary, used: &Used) -> Result<Object, WithheldBecause> {
    let mut kept = Dictionary::new();
    for (key, name) in used {
        let Some(found) = rebuild.source.named(held, key, name)? else { continue };
        let role = match *key {
            "XObject" => Role::Picture,
            "Font" => Role::Font,
            "ExtGState" => Role::State,
            "ColorSpace" => Role::Colour,
            "Pattern" => Role::Pattern,
            _ => Role::Shading,
        };
        let found = rebuild.refer(&found, role)?;
        let inner = kept.entry(key.as_bytes().to_vec()).or_insert_with(|| Object::Dictionary(Dictionary::new()));
        if let (Object::Dictionary(inner), true) = (inner, found != Object::Null) {
            inner.insert(name.clone(), found);
        }
    }
    Ok(Object::Dictionary(kept))
}

/// How a page or form is mixed with what is under it (ISO 32000-1 §11.6.6).
pub(super) fn group(rebuild: &mut Rebuild<'_>, entries: &Dictionary, kept: &mut Dictionary) -> Result<(), WithheldBecause> {
    if let Object::Dictionary(group) = rebuild.source.entry(entries, "Group")? {
        let mut inner = rebuild.plain(&group, &["S", "I", "K"])?;
        rebuild.entry(&group, "CS", Role::Colour, &mut inner)?;
        kept.insert(b"Group".to_vec(), Object::Dictionary(inner));
    }
    Ok(())
}
