//! One number for a list of things, and short proofs that a thing is in it.
//!
//! The tree of RFC 9162 (Certificate Transparency 2.0), section 2.1, over SHA-256: leaves and inner nodes are hashed with
//! different first bytes, so that no inner node can be passed off as a leaf. Lists are never padded.

use sha2::{Digest, Sha256};

/// A hash in the tree.
pub type Hash = [u8; 32];

/// The leaf of some bytes.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Where a list of more than one is cut: the largest power of two below its length.
fn cut(len: usize) -> usize {
    1 << (usize::BITS - 1 - (len - 1).leading_zeros())
}

/// The root over leaves; that of no leaves is the hash of nothing.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(cut(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The hashes that lead from a leaf to the root, nearest first; `None` where there is no such leaf.
#[must_use]
pub fn path(leaves: &[Hash], at: usize) -> Option<Vec<Hash>> {
    if at >= leaves.len() {
        return None;
    }
    let mut out = Vec::new();
    let (mut leaves, mut at) = (leaves, at);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(cut(leaves.len()));
        let (mine, other, next) = if at < left.len() { (left, right, at) } else { (right, left, at - left.len()) };
        out.push(root(other));
        (leaves, at) = (mine, next);
    }
    out.reverse();
    Some(out)
}

/// True when the path leads from this leaf, number `at` of `len`, to the root.
#[must_use]
pub fn leads(leaf: &Hash, at: u64, len: u64, path: &[Hash], root: &Hash) -> bool {
    if at >= len {
        return false;
    }
    // RFC 9162, 2.1.3.2.
    let (mut node_at, mut last, mut hash) = (at, len - 1, *leaf);
    for other in path {
        if last == 0 {
            return false;
        }
        if node_at & 1 == 1 || node_at == last {
            hash = node(other, &hash);
            while node_at & 1 == 0 && node_at != 0 {
                node_at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, other);
        }
        node_at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(hash: Hash) -> String {
        crate::hex(&hash)
    }

    /// Test vectors of the reference implementation of Certificate Transparency (`merkletree_test`): roots over the
    /// first n of eight inputs.
    #[test]
    fn roots_of_the_reference_implementation() {
        let inputs: [&[u8]; 8] = [
            b"",
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let leaves: Vec<Hash> = inputs.iter().map(|i| leaf(i)).collect();
        for (n, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(hex(root(&leaves[..n])), expected, "{n} leaves");
        }
    }

    #[test]
    fn every_path_leads_and_no_other() {
        for len in 1..20_usize {
            let leaves: Vec<Hash> = (0..len).map(|i| leaf(&[i as u8])).collect();
            let root = root(&leaves);
            for at in 0..len {
                let path = path(&leaves, at).expect("there");
                for (other, hash) in leaves.iter().enumerate() {
                    let holds = leads(hash, at as u64, len as u64, &path, &root);
                    assert_eq!(holds, other == at, "leaf {other} at {at} of {len}");
                }
                assert!(!leads(&leaves[at], at as u64, len as u64, &path, &leaf(b"x")));
                let mut longer = path.clone();
                longer.push(root);
                assert!(!leads(&leaves[at], at as u64, len as u64, &longer, &root));
            }
            assert_eq!(path(&leaves, len), None);
            assert!(!leads(&leaves[0], len as u64, len as u64, &[], &root));
        }
    }
}
