//! What the name of a file says about what happens when it is opened.

use super::name::hides;

/// Extensions of files that can run something when they are opened, or that open as a folder in which such files lie.
const RUNNING: &str = "
    exe scr com pif bat cmd msi msp mst msu msix msixbundle appx appxbundle appinstaller cpl dll sys drv ocx ax efi
    vb vbs vbe vbscript js jse mjs ws wsf wsh wsc sct hta ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 pssc cdxml msh msh1 msh2 mshxml msh1xml msh2xml
    lnk inf reg scf url jar jnlp class apk aab xapk ipa app application appref-ms dmg pkg mpkg deb rpm snap flatpakref appimage
    sh bash csh ksh zsh fish run elf command action workflow scpt scptd applescript osx terminal tool
    py pyc pyo pyw pyz pyzw pl pm rb php php5 phtml jsp asp aspx lua tcl ahk au3 nsh
    gadget ade adp mde mdb mda mdn mdt mdw mdz accda accdb accdc accde accdr accdt accdu mad maf mag mam maq mar mas mat mau mav maw
    chm hlp htc ins isp isu its job mcf mmc msc ops osd plg prf prg pst ost shb shs vsmacros vsw vxd xll xla xlam wll wwl
    xlsm xlsb xltm xlm docm dotm pptm potm ppam ppa ppsm sldm vsdm vstm vssm onetoc2 one onepkg iqy oqy rqy dqy slk wbk wiz sylk
    iso img vhd vhdx vmdk udf daa mdf nrg toast ace cab arj wim swm esd
    library-ms search-ms searchconnector-ms settingcontent-ms appcontent-ms diagcab diagcfg diagpkg website theme themepack deskthemepack desktop swf air
    webarchive webloc inetloc fileloc mcl rdp ica vnc crx xpi bgi printerexport xbap xnk grp gms cnt bas fxp hpj pcd vbp webpnp
";

/// Types of which the declaration alone says that they run.
pub(super) fn runs_by_type(declared: &str) -> bool {
    matches!(
        declared,
        "application/x-msdownload"
            | "application/x-msdos-program"
            | "application/x-dosexec"
            | "application/x-executable"
            | "application/x-sh"
            | "application/x-bat"
            | "application/x-ms-shortcut"
            | "application/x-msi"
            | "application/java-archive"
            | "application/vnd.android.package-archive"
            | "application/hta"
            | "application/javascript"
            | "application/x-javascript"
            | "text/javascript"
            | "text/vbscript"
    )
}

/// Endings that a person takes for a document or a picture.
const HARMLESS: [&str; 22] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "txt", "csv", "jpg", "jpeg", "png", "gif", "heic", "webp", "mp3", "mp4", "htm",
    "html",
];

/// Why a file of that name is dangerous, as a person's system reads the name.
pub(super) fn danger(name: &str) -> Option<&'static str> {
    let reversed = name.contains(['\u{202e}', '\u{202d}', '\u{2066}', '\u{2067}']);
    let clean: String = name.chars().filter(|c| !hides(*c)).collect();
    // What a stream of NTFS is called comes after the name: "a.exe::$DATA".
    let clean = clean.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = clean.split_once(':').map_or(clean, |(file, _)| file).to_lowercase();
    let plain = clean.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | '}' | '"' | '\'' | '>' | ';' | ','));
    let (stem, ending) = plain.rsplit_once('.')?;
    let ending = ending.trim();
    if ending.starts_with('{') && ending.len() > 30 {
        return Some("shell-folder");
    }
    if !RUNNING.split_ascii_whitespace().any(|running| running == ending) {
        return None;
    }
    let inner = stem.trim_end().rsplit_once('.').map(|(_, inner)| inner.trim());
    Some(match ending {
        _ if reversed => "disguised-program",
        _ if inner.is_some_and(|inner| HARMLESS.contains(&inner)) => "double-extension",
        "xlsm" | "xlsb" | "xltm" | "xlm" | "docm" | "dotm" | "pptm" | "potm" | "ppam" | "ppa" | "ppsm" | "sldm" | "xla" | "xlam" | "vsdm" | "vstm" | "vssm" => {
            "macros"
        }
        "iso" | "img" | "vhd" | "vhdx" | "vmdk" | "udf" | "wim" | "dmg" => "disk-image",
        "lnk" | "url" | "scf" | "website" | "desktop" | "library-ms" | "search-ms" | "webloc" | "inetloc" => "shortcut",
        "js" | "jse" | "mjs" | "vbs" | "vbe" | "wsf" | "hta" | "ps1" | "bat" | "cmd" | "sh" | "py" => "script",
        _ => "program",
    })
}

#[cfg(test)]
mod tests {
    use super::danger;

    #[test]
    fn what_runs_is_found_whatever_stands_around_it() {
        for (name, why) in [
            ("a.exe", "program"),
            ("a.pdf.JS", "double-extension"),
            ("a.scr. ", "program"),
            ("facture.pdf                                  .exe", "double-extension"),
            ("facture\u{202e}fdp.exe", "disguised-program"),
            ("a.e\u{200b}xe", "program"),
            ("a.exe::$DATA", "program"),
            ("x/y/a.vbs", "script"),
            ("photos.{20D04FE0-3AEA-1069-A2D8-08002B30309D}", "shell-folder"),
            ("(1).msi", "program"),
            ("a (2.3).msi", "program"),
            ("tarif.xlsm", "macros"),
            ("disque.iso", "disk-image"),
            ("doc.lnk", "shortcut"),
            ("notes.one", "program"),
        ] {
            assert_eq!(danger(name), Some(why), "{name}");
        }
    }

    #[test]
    fn ordinary_names_are_not() {
        for name in [
            "facture.pdf",
            "facture.exe.pdf",
            "exe",
            "photo.jpg",
            "reçu 12.05.2026.docx",
            "com",
            ".",
            "",
            "Commande n. 5",
            "وصل.pdf",
            "a.eml",
            "www.shop.ma.pdf",
        ] {
            assert_eq!(danger(name), None, "{name}");
        }
    }
}
