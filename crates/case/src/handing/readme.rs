//! What a receiver without this program has to know.

use super::Handing;
use crate::reading::Input;
use model::Tlp;

/// The text of `README.txt`.
pub(super) fn text(asked: &Handing, tlp: Tlp, evidence: &[Input]) -> String {
    let mut out = format!("TLP:{}\n\nA handover made by Unspool.\n\n", tlp.word().to_uppercase());
    let bytes: u64 = evidence.iter().map(|i| i.bytes).sum();
    out.push_str(&match evidence.len() {
        0 => "No sealed evidence is in it; evidence is named by its SHA-256.\n".to_owned(),
        n => format!("{n} sealed files of evidence ({bytes} bytes) are in it, in evidence/, under their SHA-256.\n"),
    });
    if !asked.only.is_empty() {
        out.push_str("It was cut to some findings. Acts of the ledger about others are there by their hash only.\n");
    }
    if asked.redacts() {
        out.push_str(
            "Names were replaced by pseudonyms, the same in every handover of this case. Acts of the ledger that name\n\
             files or carry people's words are there by their hash only. What only a person can see (a real name in a\n\
             text, a signature) was not replaced.\n",
        );
    }
    if asked.whole() && !asked.hashes_only {
        out.push_str("Unpacked, this folder is a case: `unspool verify FOLDER` makes everything again and compares.\n");
    }
    out.push_str(
        "\nTo check it:\n\n\
         \x20 unspool verify handover.zip --signers THE-SENDERS-KEY.pub\n\n\
         or, without Unspool:\n\n\
         \x20 manifest.json lists every file with its SHA-256 (sha256sum).\n\
         \x20 ssh-keygen -Y verify -f allowed_signers -I NAME -n unspool-handover -s manifest.json.sig < manifest.json\n\
         \x20 (allowed_signers: a line \"NAME ssh-ed25519 …\" with the sender's key, got from the sender by another way).\n\
         \x20 ledger.jsonl: the hash of a line is SHA-256 over the hash of the line before it and the JSON array\n\
         \x20 [line, when, act without line, when and hash].\n\
         \x20 evidence: leaf = SHA-256(00, SHA-256 of the piece, length in 8 bytes), tree as in RFC 9162.\n\n\
         A signature says that the holder of a key signed this list, not who that is and not that what it says is true.\n",
    );
    out
}
