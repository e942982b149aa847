//! Arrays of little-endian numbers, read from the bytes of a file without copying.

use std::borrow::Cow;
use std::marker::PhantomData;

/// A number that has a little-endian encoding.
pub trait LeNumber: Copy {
    /// Number of bytes.
    const SIZE: usize;

    /// Decodes [`LeNumber::SIZE`] bytes.
    fn read(bytes: &[u8]) -> Self;

    /// Appends its bytes.
    fn write(self, bytes: &mut Vec<u8>);
}

macro_rules! number {
    ($type:ty) => {
        impl LeNumber for $type {
            const SIZE: usize = size_of::<Self>();

            fn read(bytes: &[u8]) -> Self {
                let mut own = [0; size_of::<Self>()];
                own.copy_from_slice(bytes);
                Self::from_le_bytes(own)
            }

            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
        }
    };
}

number!(u8);
number!(u32);
number!(u64);
number!(f32);

/// An array of numbers in encoded form: borrowed from the program's own bytes, or owned.
#[derive(Debug, Clone, PartialEq)]
pub struct LeArray<T> {
    bytes: Cow<'static, [u8]>,
    of: PhantomData<T>,
}

impl<T: LeNumber> LeArray<T> {
    /// An array over bytes; ignores bytes at the end that are too few for a number.
    pub fn new(bytes: Cow<'static, [u8]>) -> Self {
        LeArray { bytes, of: PhantomData }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.bytes.len() / T::SIZE
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One element.
    ///
    /// # Panics
    /// Where the index is out of range: a defect of the caller.
    pub fn get(&self, at: usize) -> T {
        T::read(&self.bytes[at * T::SIZE..][..T::SIZE])
    }

    /// A run of elements.
    ///
    /// # Panics
    /// Where the index is out of range: a defect of the caller.
    pub fn run(&self, from: usize, length: usize) -> impl ExactSizeIterator<Item = T> + Clone {
        self.bytes[from * T::SIZE..][..length * T::SIZE].chunks_exact(T::SIZE).map(T::read)
    }

    /// All elements.
    pub fn iter(&self) -> impl Iterator<Item = T> + Clone {
        self.run(0, self.len())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<T: LeNumber> FromIterator<T> for LeArray<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        let mut bytes = Vec::new();
        numbers.into_iter().for_each(|number| number.write(&mut bytes));
        LeArray::new(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_went_in() {
        let packed: LeArray<f32> = [1.5, -0.0, f32::MIN_POSITIVE].into_iter().collect();
        assert_eq!(packed.len(), 3);
        assert_eq!(packed.get(2).to_bits(), f32::MIN_POSITIVE.to_bits());
        assert_eq!(packed.run(0, 2).collect::<Vec<_>>(), [1.5, -0.0]);
        assert_eq!(LeArray::<f32>::new(packed.bytes().to_vec().into()), packed);
    }

    #[test]
    fn bytes_are_little_endian_on_every_machine() {
        let packed: LeArray<u64> = [0x0102_0304_0506_0708].into_iter().collect();
        assert_eq!(packed.bytes(), [8, 7, 6, 5, 4, 3, 2, 1]);
        assert!(LeArray::<u32>::new(vec![1, 2, 3].into()).is_empty());
    }
}
