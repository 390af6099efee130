//! The objects of a file, each read when it is first asked for.

use super::lexer::Lexer;
use super::object::{Dictionary, Id, Indirect, Object, name_of};
use super::reference::{self, Place, Table};
use super::stream::{self, Filter};
use crate::letter::exhibit::WithheldBecause::{self, Damaged, TooLarge};
use crate::letter::exhibit::inflate::Budget;
use std::collections::HashMap;
use std::rc::Rc;

/// Objects that are read of one file, and copied: each takes some dozens of bytes of memory.
const OBJECTS: usize = 1_000_000;
/// References that lead to references, and streams of which another one tells the length.
const STEPS: usize = 8;

/// A file that was opened.
pub(super) struct Source<'a> {
    bytes: &'a [u8],
    table: Table,
    pub budget: &'a mut Budget,
    left: usize,
    steps: usize,
    read: HashMap<u32, Rc<Indirect<'a>>>,
    packed: HashMap<u32, Rc<Packed>>,
}

/// A stream of objects, unpacked: its bytes, and number and place of each object in them.
struct Packed {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl<'a> Source<'a> {
    /// Reads where everything stands.
    pub fn open(bytes: &'a [u8], budget: &'a mut Budget) -> Result<Self, WithheldBecause> {
        let head = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
        let start = head.windows(5).position(|window| window == b"%PDF-").ok_or(Damaged)?;
        let bytes = bytes.get(start..).unwrap_or_default();
        let mut left = OBJECTS;
        let table = reference::table(bytes, budget, &mut left)?;
        Ok(Self { bytes, table, budget, left, steps: 0, read: HashMap::new(), packed: HashMap::new() })
    }

    /// The catalogue of the document.
    pub fn root(&mut self) -> Result<Rc<Indirect<'a>>, WithheldBecause> {
        self.get(self.table.root)
    }

    /// Counts objects that are copied.
    pub fn charge(&mut self, objects: usize) -> Result<(), WithheldBecause> {
        self.left = self.left.checked_sub(objects).ok_or(TooLarge)?;
        Ok(())
    }

    /// The object with that number; null where there is none.
    pub fn get(&mut self, (number, generation): Id) -> Result<Rc<Indirect<'a>>, WithheldBecause> {
        if let Some(known) = self.read.get(&number) {
            return Ok(Rc::clone(known));
        }
        self.steps = self.steps.checked_add(1).filter(|steps| *steps <= STEPS).ok_or(Damaged)?;
        let found = match self.table.places.get(&number) {
            Some(Place::At(offset, known)) if *known == generation => self.indirect(*offset, number, generation)?,
            Some(Place::Within(stream, at)) if generation == 0 => Indirect { object: self.within(*stream, *at, number)?, stream: None },
            _ => Indirect { object: Object::Null, stream: None },
        };
        self.steps = self.steps.saturating_sub(1);
        let found = Rc::new(found);
        self.read.insert(number, Rc::clone(&found));
        Ok(found)
    }

    fn indirect(&mut self, offset: usize, number: u32, generation: u16) -> Result<Indirect<'a>, WithheldBecause> {
        let mut lexer = Lexer::new(self.bytes, offset, self.left);
        let found = stream::indirect(&mut lexer)?;
        self.left = lexer.left();
        if u32::try_from(found.number) != Ok(number) || u16::try_from(found.generation) != Ok(generation) {
            return Err(Damaged);
        }
        let stream = match found.stream {
            Some(start) => {
                let length = found.object.as_dictionary().and_then(|entries| entries.get(&b"Length"[..])).cloned().ok_or(Damaged)?;
                let length = self.resolve(&length)?.count().ok_or(Damaged)?;
                Some(stream::cut(self.bytes, start, length)?)
            }
            None => None,
        };
        Ok(Indirect { object: found.object, stream })
    }

    /// An object in a stream of objects (ISO 32000-1 §7.5.7).
    fn within(&mut self, stream: u32, at: usize, number: u32) -> Result<Object, WithheldBecause> {
        let packed = match self.packed.get(&stream) {
            Some(known) => Rc::clone(known),
            None => {
                let unpacked = Rc::new(self.unpack(stream)?);
                self.packed.insert(stream, Rc::clone(&unpacked));
                unpacked
            }
        };
        let (found, place) = packed.places.get(at).copied().ok_or(Damaged)?;
        if u32::try_from(found) != Ok(number) {
            return Err(Damaged);
        }
        let mut lexer = Lexer::new(&packed.bytes, place, self.left);
        let object = lexer.object()?;
        self.left = lexer.left();
        Ok(object)
    }

    fn unpack(&mut self, number: u32) -> Result<Packed, WithheldBecause> {
        // A stream of objects stands in no other one.
        if !matches!(self.table.places.get(&number), Some(Place::At(_, 0))) {
            return Err(Damaged);
        }
        let holder = self.get((number, 0))?;
        let entries = holder.dictionary()?;
        if name_of(entries, "Type") != Some(b"ObjStm") {
            return Err(Damaged);
        }
        let count = |key: &str| entries.get(key.as_bytes()).and_then(Object::count).ok_or(Damaged);
        let (objects, first) = (count("N")?, count("First")?);
        let filters = self.filters(entries)?;
        let bytes = stream::decode(holder.stream.ok_or(Damaged)?, &filters, self.budget)?.into_owned();
        let mut lexer = Lexer::new(&bytes, 0, self.left);
        let mut places = Vec::new();
        for _ in 0..objects {
            places.push((lexer.count()?, lexer.count()?.saturating_add(first)));
        }
        self.left = lexer.left();
        Ok(Packed { bytes, places })
    }

    /// The object itself where `object` refers to one.
    pub fn resolve(&mut self, object: &Object) -> Result<Object, WithheldBecause> {
        let mut object = object.clone();
        for _ in 0..STEPS {
            let Object::Reference(id) = object else { return Ok(object) };
            object = self.get(id)?.object.clone();
            self.charge(1)?;
        }
        Err(Damaged)
    }

    /// What stands under `key`, resolved; null where nothing does.
    pub fn entry(&mut self, entries: &Dictionary, key: &str) -> Result<Object, WithheldBecause> {
        entries.get(key.as_bytes()).map_or(Ok(Object::Null), |object| self.resolve(object))
    }

    /// What stands under `name` in the dictionary that stands under `key`: the dictionary, which many may share, is not copied.
    pub fn named(&mut self, entries: &Dictionary, key: &str, name: &[u8]) -> Result<Option<Object>, WithheldBecause> {
        match entries.get(key.as_bytes()) {
            Some(Object::Dictionary(inner)) => Ok(inner.get(name).cloned()),
            Some(Object::Reference(id)) => Ok(self.get(*id)?.object.as_dictionary().and_then(|inner| inner.get(name)).cloned()),
            _ => Ok(None),
        }
    }

    /// How the stream of a dictionary is packed.
    pub fn filters(&mut self, entries: &Dictionary) -> Result<Vec<Filter>, WithheldBecause> {
        // Its bytes would lie in another file.
        if entries.contains_key(&b"F"[..]) {
            return Err(WithheldBecause::CannotBeCleaned);
        }
        let mut lists = [Object::Null, Object::Null];
        for (list, key) in lists.iter_mut().zip(["Filter", "DecodeParms"]) {
            *list = match self.entry(entries, key)? {
                Object::Array(items) => Object::Array(items.iter().map(|item| self.resolve(item)).collect::<Result<_, _>>()?),
                other => other,
            };
        }
        let [filter, parameters] = &lists;
        stream::filters(filter, parameters)
    }

    /// The unpacked bytes of a stream.
    pub fn unpacked(&mut self, found: &Indirect<'a>) -> Result<Vec<u8>, WithheldBecause> {
        let filters = self.filters(found.dictionary()?)?;
        Ok(stream::decode(found.stream.ok_or(Damaged)?, &filters, self.budget)?.into_owned())
    }
}
