use std::io::Write as _;

use domain::names::BundleId;
use expect_test::{Expect, expect};
use zip::write::SimpleFileOptions;

use super::*;
use crate::stores::{Condition, LocalContainer, Stores};

fn small() -> Limits {
    Limits { entries: 6, expanded_bytes: 3 << 20, ratio: 50, ..Limits::default() }
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (path, content) in files {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A `.tar.gz` whose names are written as they are, and of any type.
fn tarred(files: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut tar = tar::Builder::new(gz);
    for (path, kind, content) in files {
        let mut header = tar::Header::new_ustar();
        let name = path.as_bytes();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name);
        header.set_entry_type(*kind);
        header.set_mode(0o755);
        header.set_size(content.len() as u64);
        header.set_cksum();
        tar.append(&header, *content).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

async fn load(name: &str, archive: Vec<u8>) -> Loaded {
    let dir = tempfile::tempdir().unwrap();
    let stores = Stores::local(dir.path());
    stores.bundles.write(name, archive, Condition::Any).await.unwrap();
    let item = stores.bundles.head(name).await.unwrap().unwrap();
    let (id, extension) = BundleId::of_blob(name).unwrap().unwrap();
    bundle(&stores.bundles, &item, &id, extension, &small()).await.unwrap()
}

async fn check(name: &str, archive: Vec<u8>, want: Expect) {
    let loaded = load(name, archive).await;
    let mut lines: Vec<String> = loaded
        .tree
        .entries()
        .map(|(path, it)| format!("{path} {}{}", it.size, if it.executable { " x" } else { "" }))
        .collect();
    lines.extend(
        loaded.diagnostics.iter().map(|it| format!("{}: {} {}", it.at.file, it.code, it.message)),
    );
    want.assert_eq(&lines.join("\n"));
}

#[tokio::test]
async fn a_zip_is_read() {
    check(
        "a.zip",
        zipped(&[
            ("prefect.yaml", b"x"),
            ("lib/b.py", b""),
            (".prefectignore", b"*.csv"),
            ("c.csv", b""),
        ]),
        expect![[r"
            .prefectignore 5
            lib/b.py 0
            prefect.yaml 1"]],
    )
    .await;
}

#[tokio::test]
async fn hostile_entries_of_a_zip_are_all_named() {
    check(
        "a.zip",
        zipped(&[("../a", b""), ("/b", b""), ("ok", b"1"), ("OK", b""), ("x\\y", b"")]),
        expect![[r"
            ok 1
            ../a: path-outside-bundle the path holds a segment `.` or `..`
            /b: absolute-path the path is absolute
            OK: case-duplicate-path `OK` and `ok` are one path where upper and lower case are the same
            x\y: backslash-in-path the path holds a backslash"]],
    )
    .await;
}

#[tokio::test]
async fn links_and_devices_of_a_tar_are_named() {
    use tar::EntryType as Type;
    check(
        "a.tgz",
        tarred(&[
            ("./run.sh", Type::Regular, b"1"),
            ("l", Type::Symlink, b""),
            ("h", Type::Link, b""),
            ("d", Type::Char, b""),
            ("../e", Type::Regular, b""),
        ]),
        expect![[r"
            run.sh 1 x
            l: not-a-file a link cannot be bundled
            h: not-a-file a link cannot be bundled
            d: not-a-file a device cannot be bundled
            ../e: path-outside-bundle the path holds a segment `.` or `..`"]],
    )
    .await;
}

#[tokio::test]
async fn long_names_of_a_tar_are_read_and_endless_ones_refused() {
    let long = format!("{}/{}.py", "d".repeat(90), "f".repeat(90));
    let gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut tar = tar::Builder::new(gz);
    let mut header = tar::Header::new_gnu();
    header.set_size(0);
    header.set_cksum();
    tar.append_data(&mut header, &long, io::empty()).unwrap();
    tar.append_pax_extensions([("path", "ü.py".as_bytes()), ("mtime", b"1.5")]).unwrap();
    header.set_path("u.py").unwrap();
    header.set_cksum();
    tar.append(&header, io::empty()).unwrap();
    let loaded = load("a.tgz", tar.into_inner().unwrap().finish().unwrap()).await;
    assert_eq!(loaded.tree.paths().collect::<Vec<_>>(), [long.as_str(), "ü.py"]);
    let endless = tarred(&[("n", tar::EntryType::GNULongName, &vec![b'x'; 2 << 20])]);
    check(
        "a.tgz",
        endless,
        expect!["a.tgz: unreadable-archive the archive cannot be read: a name is too long"],
    )
    .await;
}

#[tokio::test]
async fn what_unpacks_to_too_much_is_not_read_to_its_end() {
    let zeros = vec![0; 2 << 20];
    check(
        "a.zip",
        zipped(&[("a", &zeros)]),
        expect![[r"a.zip: ratio-too-high the files have more than 1048576 bytes, more than 50 times the archive"]],
    )
    .await;
    check(
        "a.tar.gz",
        tarred(&[("a", tar::EntryType::Regular, &zeros)]),
        expect![[
            r"a.tar.gz: ratio-too-high the files have more than 1048576 bytes, more than 50 times the archive"
        ]],
    )
    .await;
}

#[tokio::test]
async fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..7).map(|it| format!("f{it}.bin")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), b"".as_slice())).collect();
    let loaded = load("a.zip", zipped(&files)).await;
    assert_eq!(loaded.diagnostics[0].code, "too-many-entries");
}

#[tokio::test]
async fn a_broken_archive_is_a_diagnostic() {
    let mut cut = zipped(&[("a.py", b"1")]);
    cut.truncate(cut.len() / 2);
    let mut tar = tarred(&[("a.py", tar::EntryType::Regular, b"1")]);
    tar.truncate(tar.len() - 4);
    for (name, archive) in
        [("a.zip", cut), ("a.zip", Vec::new()), ("a.tgz", b"no".to_vec()), ("a.tgz", tar)]
    {
        let loaded = load(name, archive).await;
        assert_eq!(
            loaded.diagnostics.last().map(|it| it.code),
            Some("unreadable-archive"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn one_content_has_one_digest_however_it_is_packed() {
    let zip = load("a.zip", zipped(&[("a.py", b"1"), ("b.bin", b"2")])).await;
    let again = load("a.zip", zipped(&[("b.bin", b"2"), ("a.py", b"1")])).await;
    assert_eq!(zip.digest, again.digest);
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.py"), "1").unwrap();
    std::fs::write(dir.path().join("b.bin"), "2").unwrap();
    assert_eq!(folder(dir.path(), &small()).await.unwrap().digest, zip.digest);
}

#[tokio::test]
async fn code_is_staged_once() {
    let large = vec![7; 1_500_000];
    let limits = Limits { ratio: 100_000, ..Limits::default() };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.zip");
    std::fs::write(&path, zipped(&[("a.py", b"1"), ("lib/large.bin", &large), ("z/b.py", b"")]))
        .unwrap();
    let loaded = archive_file(&path, &limits).await.unwrap();
    let code = Container::Local(LocalContainer::new(dir.path().join("code")));
    code.ensure().await.unwrap();
    let id = BundleId::new("team/p").unwrap();
    let first = crate::stage::code(&loaded, &code, &id).await.unwrap();
    assert_eq!((first.uploaded, first.skipped), (3, false));
    let again = crate::stage::code(&loaded, &code, &id).await.unwrap();
    assert_eq!((again.uploaded, again.skipped), (0, true));
    let read =
        code.read(&format!("{}/lib/large.bin", first.folder), 2 << 20).await.unwrap().unwrap();
    assert!(read.0 == large);
}

#[tokio::test]
async fn limits_may_be_as_high_as_numbers_go() {
    let limits = Limits {
        archive_bytes: u64::MAX,
        expanded_bytes: u64::MAX,
        ratio: u64::MAX,
        entries: usize::MAX,
        depth: usize::MAX,
        name_bytes: usize::MAX,
    };
    let dir = tempfile::tempdir().unwrap();
    for (name, archive) in [
        ("p.zip", zipped(&[("a.py", b"1")])),
        ("p.tgz", tarred(&[("a.py", tar::EntryType::Regular, b"1")])),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, archive).unwrap();
        let loaded = archive_file(&path, &limits).await.unwrap();
        assert_eq!((loaded.tree.paths().count(), loaded.diagnostics), (1, Vec::new()));
    }
}
