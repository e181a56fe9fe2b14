package dev.portcullis.form;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a file is by its bytes, and how such files are called. The names are those of the kinds alone; Immutable. */
enum FileKind {
    PNG(false, "png", "image/png", "89504e470d0a1a0a"),
    JPEG(false, "jpg jpeg jpe jfif", "image/jpeg image/jpg image/pjpeg", "ffd8ff"),
    GIF(false, "gif", "image/gif", "474946383761 474946383961"),
    WEBP(false, "webp", "image/webp", "52494646........57454250"),
    BMP(false, "bmp", "image/bmp image/x-ms-bmp", "424d"),
    TIFF(false, "tif tiff", "image/tiff", "49492a00 4d4d002a"),
    ICO(false, "ico cur", "image/x-icon image/vnd.microsoft.icon", "00000100 00000200"),
    PDF(false, "pdf ai", "application/pdf application/x-pdf", "255044462d"),
    ZIP(
            false,
            "zip docx xlsx pptx odt ods odp epub jar war apk",
            "application/zip application/x-zip-compressed application/java-archive application/epub+zip"
                    + " application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                    + " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    + " application/vnd.openxmlformats-officedocument.presentationml.presentation"
                    + " application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.spreadsheet"
                    + " application/vnd.ms-excel",
            "504b0304 504b0506 504b0708"),
    OLE(
            false,
            "doc xls ppt msi msg",
            "application/msword application/vnd.ms-excel application/vnd.ms-powerpoint",
            "d0cf11e0a1b11ae1"),
    RTF(false, "rtf doc", "application/rtf text/rtf application/msword", "7b5c727466"),
    GZIP(false, "gz tgz", "application/gzip application/x-gzip", "1f8b08"),
    BZIP2(false, "bz2", "application/x-bzip2", "425a68"),
    XZ(false, "xz", "application/x-xz", "fd377a585a00"),
    SEVEN_ZIP(false, "7z", "application/x-7z-compressed", "377abcaf271c"),
    RAR(false, "rar", "application/vnd.rar application/x-rar-compressed", "526172211a07"),
    MP3(false, "mp3", "audio/mpeg audio/mp3", "494433 fffb fff3 fff2 fffa"),
    MP4(
            false,
            "mp4 m4a m4v mov heic heif avif 3gp",
            "video/mp4 audio/mp4 audio/x-m4a video/quicktime image/heic image/heif image/avif video/3gpp",
            "........66747970 ........6d6f6f76 ........6d646174 ........77696465 ........66726565"),
    OGG(false, "ogg oga ogv opus", "audio/ogg video/ogg application/ogg audio/opus", "4f676753"),
    MATROSKA(false, "webm mkv weba", "video/webm audio/webm video/x-matroska", "1a45dfa3"),
    WAV(false, "wav", "audio/wav audio/x-wav audio/wave", "52494646........57415645"),
    AVI(false, "avi", "video/x-msvideo video/avi", "52494646........41564920"),
    FLAC(false, "flac", "audio/flac audio/x-flac", "664c6143"),
    TEXT(
            false,
            "txt csv tsv json md log yml yaml ndjson ics vcf",
            "text/plain text/csv text/tab-separated-values application/json text/markdown text/calendar text/vcard"
                    + " application/yaml application/x-ndjson application/vnd.ms-excel",
            ""),
    XML(false, "xml", "application/xml text/xml", ""),
    SVG(true, "svg", "image/svg+xml", ""),
    HTML(true, "html htm xhtml shtml", "text/html application/xhtml+xml", ""),
    SCRIPT(true, "sh bash py pl rb", "application/x-sh text/x-shellscript text/x-python", "2321"),
    PHP(true, "php php3 php4 php5 php7 phtml phar", "application/x-php text/x-php", ""),
    WINDOWS(
            true,
            "exe dll scr com sys",
            "application/x-msdownload application/vnd.microsoft.portable-executable",
            "4d5a"),
    ELF(true, "so elf", "application/x-executable application/x-elf", "7f454c46"),
    CLASS(true, "class", "application/java-vm", "cafebabe"),
    MACH(true, "dylib", "application/x-mach-binary", "feedface feedfacf cefaedfe cffaedfe"),
    WASM(true, "wasm", "application/wasm", "0061736d"),
    SERIALIZED(true, "ser", "application/x-java-serialized-object", "aced0005");

    /** The kinds by the endings of names, in lower case and without the dot. */
    private static final Map<String, Set<FileKind>> BY_EXTENSION = new TreeMap<>();

    /** The kinds by media types. */
    private static final Map<String, Set<FileKind>> BY_TYPE = new TreeMap<>();

    static {
        for (var kind : values()) {
            kind.extensions.forEach(word -> BY_EXTENSION.merge(word, Set.of(kind), FileKind::both));
            kind.types.forEach(word -> BY_TYPE.merge(word, Set.of(kind), FileKind::both));
        }
    }

    private final boolean active;
    private final List<String> extensions;
    private final List<String> types;
    private final List<String> signatures;

    FileKind(boolean active, String extensions, String types, String signatures) {
        this.active = active;
        this.extensions = List.of(extensions.split(" "));
        this.types = List.of(types.split(" "));
        this.signatures = signatures.isEmpty() ? List.of() : List.of(signatures.split(" "));
    }

    private static Set<FileKind> both(Set<FileKind> some, Set<FileKind> others) {
        var all = new java.util.HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /** The kinds that a file with this ending may be; empty when nothing is known of it. */
    static Set<FileKind> ofExtension(String extension) {
        return BY_EXTENSION.getOrDefault(extension, Set.of());
    }

    /** The kinds that a file of this media type may be; empty when nothing is known of it. */
    static Set<FileKind> ofType(String type) {
        return BY_TYPE.getOrDefault(type, Set.of());
    }

    /** Tells whether browsers, servers or machines run such files. */
    boolean isActive() {
        return active;
    }

    /** Tells whether it is a picture of points, in which no markup has a place. */
    boolean isPicture() {
        return this == PNG || this == JPEG || this == GIF || this == WEBP || this == BMP || this == TIFF || this == ICO;
    }

    /** Tells whether the bytes begin as such a file does. */
    boolean begins(byte[] head, int length) {
        for (var signature : signatures) {
            if (begins(signature, head, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String signature, byte[] head, int length) {
        if (length < signature.length() / 2) {
            return false;
        }
        for (var i = 0; i < signature.length(); i += 2) {
            var pair = signature.substring(i, i + 2);
            if (!pair.equals("..") && Integer.parseInt(pair, 16) != (head[i / 2] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
