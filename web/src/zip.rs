//! A ZIP archive of stored (not compressed) files, after PKWARE's APPNOTE 6.3.10.

/// The archive. Every entry carries the same moment, 1980-01-01, so that the same files give the same bytes.
pub fn archive(files: &[(String, String)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (path, text) in files {
        let offset = bytes.len();
        let header = header(path, text.as_bytes());
        bytes.extend(LOCAL);
        bytes.extend(&header);
        bytes.extend(path.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(CENTRAL);
        directory.extend(VERSION);
        directory.extend(&header);
        // Comment length, disk, internal attributes: none of them is used.
        directory.extend([0; 6]);
        directory.extend(EXTERNAL_ATTRIBUTES.to_le_bytes());
        directory.extend(four(offset));
        directory.extend(path.as_bytes());
    }
    let start = bytes.len();
    bytes.extend(&directory);
    bytes.extend(END);
    bytes.extend([0; 4]);
    bytes.extend(two(files.len()));
    bytes.extend(two(files.len()));
    bytes.extend(four(directory.len()));
    bytes.extend(four(start));
    bytes.extend([0; 2]);
    bytes
}

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// Made on Unix by version 2.0, so that the attributes below are understood.
const VERSION: [u8; 2] = [20, 3];
/// A plain file, readable by all and writable by its owner.
const EXTERNAL_ATTRIBUTES: u32 = 0o100_644 << 16;
/// The bit that says that paths are UTF-8.
const UTF8: u16 = 1 << 11;
/// 1980-01-01, the first day that the format knows.
const FIRST_DAY: u16 = (1 << 5) | 1;

/// What the local header and the central directory have in common.
fn header(path: &str, data: &[u8]) -> Vec<u8> {
    let mut header = Vec::with_capacity(26);
    header.extend([20, 0]);
    header.extend(UTF8.to_le_bytes());
    // Stored, at midnight.
    header.extend([0; 4]);
    header.extend(FIRST_DAY.to_le_bytes());
    header.extend(crc32(data).to_le_bytes());
    header.extend(four(data.len()));
    header.extend(four(data.len()));
    header.extend(two(path.len()));
    header.extend([0; 2]);
    header
}

fn two(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// CRC-32 as ZIP has it (reflected polynomial 0xEDB88320).
fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |state, byte| {
        (0..8).fold(state ^ u32::from(*byte), |state, _| {
            (state >> 1) ^ (0xEDB8_8320 & (state & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn another_program_reads_the_archive() {
        let files = [
            ("dags/a b.py".to_owned(), "print('é')\n".to_owned()),
            ("configs/ü.yaml".to_owned(), String::new()),
        ];
        let path = std::env::temp_dir().join(format!("dagwright-zip-{}.zip", std::process::id()));
        std::fs::write(&path, archive(&files)).unwrap();
        let script = "import sys, zipfile\n\
            archive = zipfile.ZipFile(sys.argv[1])\n\
            assert archive.testzip() is None\n\
            sys.stdout.buffer.write('|'.join(f'{i.filename}={archive.read(i).decode()}' for i in archive.infolist()).encode())";
        let output = std::process::Command::new("python3")
            .args(["-c", script])
            .arg(&path)
            .output()
            .expect("python3 must be installed to read the archive back");
        std::fs::remove_file(&path).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            "dags/a b.py=print('é')\n|configs/ü.yaml="
        );
    }
}
