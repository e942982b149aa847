//! Numbers, texts and lists, and the types that reports share with other parts of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Damaged, Source, Stored, check, stored_enum};
use crate::article_parts::ArticlePart;
use crate::calendar_day::Day;
use crate::category::Category;
use crate::cluster_bootstrap::Interval;
use crate::evaluate::Estimate;
use crate::statistics::prediction_powered::Sums;
use crate::target::{Target, TargetRelation};
use crate::text::Span;
use crate::voice::Voice;

/// The largest count that is read: the sum of hundreds of them is no overflow.
const MAX_COUNT: u64 = 1 << 56;

/// Maximum number of items for which room is reserved before they are read.
const MAX_RESERVED: usize = 1024;

stored_enum!(Voice { Outlet, Attributed });
stored_enum!(TargetRelation { Mention, Context, None });
stored_enum!(ArticlePart { Headline, Body, Comment, Boilerplate });

impl Stored for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        out.push(rest.to_le_bytes()[0]);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let mut value = 0;
        for shift in (0..=56).step_by(7) {
            let byte = u8::read(from)?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                check(value <= MAX_COUNT, "a count that is too large")?;
                return Ok(value);
            }
        }
        Err(Damaged("a count that is too large"))
    }
}

impl Stored for u8 {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Ok(from.take(1)?[0])
    }
}

impl Stored for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        u32::try_from(u64::read(from)?).map_err(|_| Damaged("a count that is too large"))
    }
}

impl Stored for usize {
    fn write(&self, out: &mut Vec<u8>) {
        (*self as u64).write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        usize::try_from(u64::read(from)?).map_err(|_| Damaged("a count that is too large"))
    }
}

impl Stored for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        match u8::read(from)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Damaged("neither yes nor no")),
        }
    }
}

impl Stored for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(from.take(8)?);
        let value = f64::from_le_bytes(bytes);
        check(value.is_finite(), "a number that is none")?;
        Ok(value)
    }
}

impl Stored for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let n = usize::read(from)?;
        let text = str::from_utf8(from.take(n)?).map_err(|_| Damaged("text that is not UTF-8"))?;
        Ok(text.to_owned())
    }
}

impl Stored for Box<str> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        String::read(from).map(String::into_boxed_str)
    }
}

impl Stored for Arc<str> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        String::read(from).map(Arc::from)
    }
}

impl Stored for PathBuf {
    fn write(&self, out: &mut Vec<u8>) {
        self.to_string_lossy().into_owned().write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        String::read(from).map(PathBuf::from)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        bool::read(from)?.then(|| T::read(from)).transpose()
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let n = usize::read(from)?;
        // Nothing is written in less than a byte.
        check(n <= from.n_left(), "it ends too early")?;
        let mut values = Vec::with_capacity(n.min(MAX_RESERVED));
        for _ in 0..n {
            values.push(T::read(from)?);
        }
        Ok(values)
    }
}

impl<T: Stored> Stored for Box<[T]> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Vec::read(from).map(Vec::into_boxed_slice)
    }
}

impl<K: Stored + Ord, V: Stored> Stored for BTreeMap<K, V> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        for (key, value) in self {
            key.write(out);
            value.write(out);
        }
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Vec::<(K, V)>::read(from).map(|pairs| pairs.into_iter().collect())
    }
}

impl<T: Stored + Ord> Stored for BTreeSet<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Vec::read(from).map(|values| values.into_iter().collect())
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Ok((A::read(from)?, B::read(from)?))
    }
}

impl<A: Stored, B: Stored, C: Stored> Stored for (A, B, C) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
        self.2.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Ok((A::read(from)?, B::read(from)?, C::read(from)?))
    }
}

impl<T: Stored, const N: usize> Stored for [T; N] {
    fn write(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let values: Vec<T> = (0..N).map(|_| T::read(from)).collect::<Result<_, _>>()?;
        values.try_into().map_err(|_| Damaged("it ends too early"))
    }
}

impl Stored for Span {
    fn write(&self, out: &mut Vec<u8>) {
        (self.start, self.end).write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let (start, end) = Stored::read(from)?;
        Ok(start..end)
    }
}

impl Stored for Day {
    fn write(&self, out: &mut Vec<u8>) {
        self.number().write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        u32::read(from).map(Day::of_number)
    }
}

/// A label by its index.
impl Stored for Category {
    fn write(&self, out: &mut Vec<u8>) {
        self.index.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let index = usize::read(from)?;
        check(index < from.labels().len(), "a label that there is not")?;
        Ok(Category::new(index, from.labels()))
    }
}

impl Stored for Sums {
    fn write(&self, out: &mut Vec<u8>) {
        self.to_array().write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Stored::read(from).map(Sums::from_array)
    }
}

impl Stored for Target {
    fn write(&self, out: &mut Vec<u8>) {
        let Target { name, aliases, excluded, is_exact } = self;
        name.write(out);
        aliases.write(out);
        excluded.write(out);
        is_exact.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        Ok(Target {
            name: Stored::read(from)?,
            aliases: Stored::read(from)?,
            excluded: Stored::read(from)?,
            is_exact: Stored::read(from)?,
        })
    }
}

impl Stored for Estimate {
    fn write(&self, out: &mut Vec<u8>) {
        self.value.write(out);
        self.interval.map(|interval| (interval.low, interval.high)).write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let value = f64::read(from)?;
        let interval = Option::<(f64, f64)>::read(from)?;
        Ok(Estimate { value, interval: interval.map(|(low, high)| Interval { low, high }) })
    }
}
