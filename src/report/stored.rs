//! How what was counted is written to bytes and read again.
//!
//! Whole numbers are LEB128, floats their eight bytes in little-endian order, texts and lists begin with
//! their length, and the fields of a struct follow each other: the layout of postcard. It is not made by
//! serde, since the types of a report serialize as its JSON does, rounded, flattened and by the names of
//! labels, and one type cannot serialize in two ways. Here a label is its index, so that reading needs the
//! list of labels, which serde's derived readers cannot be handed either.
//!
//! Bytes may come from anybody: nothing is reserved beyond what they can hold, counts are bounded so that
//! sums of them do not overflow, and what a figure relies on is checked where its type is read.

mod primitives;

use crate::category::Categories;
use crate::text::Span;

/// Why bytes are not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged(pub(super) &'static str);

/// What is written to bytes and read again.
pub(super) trait Stored: Sized {
    /// Appends its bytes.
    fn write(&self, out: &mut Vec<u8>);

    /// Reads it from the next bytes.
    fn read(from: &mut Source<'_>) -> Result<Self, Damaged>;
}

/// The bytes that are still to be read, and the labels that their indices refer to.
#[derive(Debug)]
pub(super) struct Source<'b> {
    bytes: &'b [u8],
    labels: Categories,
}

impl<'b> Source<'b> {
    /// Reads some bytes, in which indices of labels refer to a list.
    pub(super) fn new(bytes: &'b [u8], labels: Categories) -> Self {
        Source { bytes, labels }
    }

    /// The labels.
    pub(super) fn labels(&self) -> &Categories {
        &self.labels
    }

    /// Has what follows refer to other labels.
    pub(super) fn refer_to(&mut self, labels: Categories) {
        self.labels = labels;
    }

    /// The next bytes.
    pub(super) fn take(&mut self, n: usize) -> Result<&'b [u8], Damaged> {
        let (taken, rest) = self.bytes.split_at_checked(n).ok_or(Damaged("it ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Refuses bytes that are left over.
    pub(super) fn end(&self) -> Result<(), Damaged> {
        if self.bytes.is_empty() { Ok(()) } else { Err(Damaged("it goes on after its end")) }
    }

    /// How many bytes are left.
    pub(super) fn n_left(&self) -> usize {
        self.bytes.len()
    }
}

/// Refuses what cannot have been written.
pub(super) fn check(is_right: bool, reason: &'static str) -> Result<(), Damaged> {
    if is_right { Ok(()) } else { Err(Damaged(reason)) }
}

/// Whether spans are places in a text: rising, apart, and between characters.
pub(super) fn are_places(spans: &[Span], text: &str) -> bool {
    let is_place = |span: &Span| text.get(span.clone()).is_some();
    spans.iter().all(is_place) && spans.is_sorted_by(|a, b| a.end <= b.start)
}

/// An order of values by everything that they are, for those that a shorter order finds equal.
pub(super) fn bytes<T: Stored>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    value.write(&mut out);
    out
}

/// Has a struct stored field by field. What a figure relies on beyond the types is checked by the
/// expression after `where`, which takes the value and the labels.
macro_rules! stored {
    ($name:ident { $($field:ident),* $(,)? } $(where $check:expr)?) => {
        impl $crate::report::stored::Stored for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::report::stored::Stored::write(&self.$field, out);)*
            }

            fn read(
                from: &mut $crate::report::stored::Source<'_>,
            ) -> Result<Self, $crate::report::stored::Damaged> {
                let value =
                    $name { $($field: $crate::report::stored::Stored::read(from)?,)* };
                $(
                    let check: fn(&$name, &crate::category::Categories) -> bool = $check;
                    let reason = concat!("impossible ", stringify!($name));
                    $crate::report::stored::check(check(&value, from.labels()), reason)?;
                )?
                Ok(value)
            }
        }
    };
}
pub(super) use stored;

/// Has a struct of one unnamed field stored.
macro_rules! stored_newtype {
    ($name:ident) => {
        impl $crate::report::stored::Stored for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $crate::report::stored::Stored::write(&self.0, out);
            }

            fn read(
                from: &mut $crate::report::stored::Source<'_>,
            ) -> Result<Self, $crate::report::stored::Damaged> {
                $crate::report::stored::Stored::read(from).map($name)
            }
        }
    };
}
pub(super) use stored_newtype;

/// Has an enum without fields stored as the index of its value.
macro_rules! stored_enum {
    ($name:ident { $($value:ident),* $(,)? }) => {
        impl $crate::report::stored::Stored for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let all = [$($name::$value),*];
                let index = all.iter().position(|value| value == self).unwrap_or_default();
                $crate::report::stored::Stored::write(&index, out);
            }

            fn read(
                from: &mut $crate::report::stored::Source<'_>,
            ) -> Result<Self, $crate::report::stored::Damaged> {
                let all = [$($name::$value),*];
                let index: usize = $crate::report::stored::Stored::read(from)?;
                all.get(index).copied().ok_or($crate::report::stored::Damaged(concat!(
                    "impossible ",
                    stringify!($name)
                )))
            }
        }
    };
}
pub(super) use stored_enum;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    type Values = (Vec<(u64, String)>, BTreeMap<String, Option<f64>>, [bool; 2]);

    proptest! {
        #[test]
        fn what_is_written_is_read(
            list in prop::collection::vec((0..1_u64 << 56, "\\PC{0,9}"), 0..9),
            map in prop::collection::btree_map("[a-z]{0,3}", prop::option::of(-1e9..1e9_f64), 0..9),
            flags in any::<[bool; 2]>(),
        ) {
            let values: Values = (list, map, flags);
            let written = bytes(&values);
            let mut source = Source::new(&written, Categories::default());
            prop_assert_eq!(Values::read(&mut source), Ok(values));
            prop_assert_eq!(source.end(), Ok(()));
        }

        #[test]
        fn any_bytes_are_read_or_refused(any in prop::collection::vec(any::<u8>(), 0..99)) {
            let _ = Values::read(&mut Source::new(&any, Categories::default()));
        }
    }

    #[test]
    fn a_length_beyond_the_bytes_is_refused() {
        let mut written = Vec::new();
        usize::MAX.wrapping_shr(9).write(&mut written);
        let read = Vec::<u64>::read(&mut Source::new(&written, Categories::default()));
        assert_eq!(read, Err(Damaged("it ends too early")));
        let read = f64::read(&mut Source::new(&f64::NAN.to_le_bytes(), Categories::default()));
        assert_eq!(read, Err(Damaged("a number that is none")));
    }
}
