//! Who labels which card.

/// Cards shared out among coders, in the order in which they were drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// For each coder the numbers of the cards.
    queues: Vec<Vec<u32>>,
    /// For each card its coder; none where everybody labels it.
    owners: Vec<Option<u32>>,
}

impl Assignment {
    /// Gives a share `overlap` (0 to 1) of the cards, evenly spread, to every coder, and the others to one
    /// coder each, in turn.
    ///
    /// ```
    /// use framescope::label_page::Assignment;
    /// let of_two = Assignment::new(6, 2, 0.5);
    /// assert_eq!((of_two.queue(0), of_two.queue(1)), (&[0, 1, 3, 4, 5][..], &[1, 2, 3, 5][..]));
    /// ```
    pub fn new(n_cards: usize, n_coders: usize, overlap: f64) -> Self {
        let mut queues = vec![Vec::new(); n_coders.max(1)];
        let mut owners = Vec::with_capacity(n_cards);
        let mut n_shared = 0.0;
        let mut turn = 0_u32;
        for card in 0..u32::try_from(n_cards).unwrap_or(u32::MAX) {
            // A little less than a whole card: shares such as 0.2 are not exact in binary.
            let is_shared = (f64::from(card) + 1.0) * overlap >= n_shared + 1.0 - 1e-9;
            if is_shared || queues.len() == 1 {
                n_shared += 1.0;
                queues.iter_mut().for_each(|queue| queue.push(card));
                owners.push(None);
            } else {
                queues[turn as usize].push(card);
                owners.push(Some(turn));
                turn = (turn + 1) % u32::try_from(queues.len()).unwrap_or(1);
            }
        }
        Assignment { queues, owners }
    }

    /// A coder's cards, in order.
    pub fn queue(&self, coder: usize) -> &[u32] {
        self.queues.get(coder).map_or(&[], Vec::as_slice)
    }

    /// Whether a coder labels a card.
    pub fn has(&self, coder: usize, card: u32) -> bool {
        let owner = self.owners.get(card as usize);
        coder < self.queues.len() && owner.is_some_and(|o| o.is_none_or(|o| o as usize == coder))
    }

    /// The cards that every coder labels, where there are several coders.
    pub fn shared(&self) -> impl Iterator<Item = u32> {
        let owners = self.owners.iter().zip(0..);
        let shared = owners.filter(|(owner, _)| owner.is_none() && self.queues.len() > 1);
        shared.map(|(_, card)| card)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_has_its_coder_and_the_overlap_is_kept() {
        for (coders, overlap) in [(1, 0.0), (2, 0.2), (3, 0.0), (5, 0.35), (2, 1.0)] {
            let assigned = Assignment::new(1_000, coders, overlap);
            for card in 0..1_000 {
                let n = (0..coders).filter(|coder| assigned.has(*coder, card)).count();
                assert!(n == 1 || n == coders);
            }
            for coder in 0..coders {
                assert!(assigned.queue(coder).iter().all(|card| assigned.has(coder, *card)));
            }
            if coders > 1 {
                let shared = assigned.shared().count() as f64;
                assert!((shared - 1_000.0 * overlap).abs() <= 1.0, "{shared} of {overlap}");
            }
        }
    }
}
