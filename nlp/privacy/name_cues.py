"""Words that announce a name, by how surely one follows.

`FORM` is a column of a form ("Nama Pelapor:"), `DECLARING` says that a name follows ("atas
nama"), `ADDRESSING` is a form of address ("Pak"), and `HINT` is followed by a name only
sometimes ("suami saya", "sopir", "terima kasih").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from nlp.word_lists import word_list

_LABELS = (
    r"(?:nama|nma|nm)(?:\s(?!saya|kami|aku|kulo|toko|usaha|jalan|desa|sekolah|proyek|kegiatan|program|instansi|opd|"
    r"lokasi|tempat|barang|obat|aplikasi|kelompok|grup|perusahaan|kantor|dusun|dukuh|kecamatan|kelurahan|pasar|jembatan|"
    r"sungai|dinas|paket|merk|merek|produk|bank|akun|file|layanan|kabupaten|kota)[a-z]+){0,3}|pelapor|pemohon|pengirim|penerima|terlapor|saksi|korban|"
    r"pelaku|pic|cp|contact\sperson|narahubung|kepala\skeluarga|suami|istri|ayah|ibu|wali|anak|a\.?n\.?|a/n|"
    r"atas\snama|jeneng|asma|asmo|ttd|karang\staruna|dari|saksi-saksi|"
    r"pemilik|penanggung\s?jawab|ketua|bendahara|sekretaris|kontak|diterima\soleh|ditandatangani|ybs"
)
FORM = re.compile(
    rf"(?<![\w\[])(?:{_LABELS})(?:\s?\d)?\s{{0,3}}(?:[:=;]|\s[-\u2013]\s)\s{{0,3}}", re.IGNORECASE
)

_DECLARING = (
    r"(?:pelapor|pemohon|terlapor|korban|pelaku|penerima|pemilik)(?:nya)?\s+(?:adalah|yaitu|ialah|bernama|sdr\.?|sdri\.?)|"
    r"(?:nama|nma|nm|namq)\s+(?:saya|sya|sy|gue|gw|ku|aku|kulo|kula|pelapor|lengkap|suami|istri|anak(?:\s+saya)?|ibu|bapak|pemohon|korban)"
    r"(?:\s+(?:adalah|yaitu|ialah))?|(?:di)?atas\s?nama(?:kan)?|a\.?\s?/?\s?n\.|a\.n|a/n|"
    r"(?:yang|sing|oknum|saya|korban|anak|petugas|pegawai|orang)?\s?bernama|perkenalkan,?(?:\s+(?:nama\s+)?saya)?|"
    r"hormat\s+(?:saya|kami)|salam(?:\s+hormat)?|tertanda|ttd"
)
# A name nearly always follows, but an everyday word may.
_NAMING = (
    r"jeneng\s?(?:ku|ne|e)?(?:\s+(?:kulo|kula|ki|iki|yo))?|nami(?:\s+(?:kulo|kula))?|nami(?:ne|nipun)|"
    r"asm[ao](?:\s+(?:kulo|kula)|ne|nipun)|namanya|inisial(?:\s+saja)?(?:\s+ya)?|namaku|an|"
    r"nm|nma|nama(?:\s+(?:ibu|bapak|ayah|anak|suami|istri|kandung|wajib|pajak|pasien|lansia|siswa|pemilik|penerima|saya|kami|balita)){1,3}"
)
_ADDRESSING = (
    r"bpk|bapak|bp|pak|bu|ibu|sdr/i|sdr/sdri|sdr\(i\)|sdr|sdri|saudara|saudari|mas|mbak|mbk|mba|mb|mbah|mbok|kang|yu|lik|paklik|bulik|"
    r"paklek|bulek|pakde|cak|pakdhe|bude|budhe|om|tante|tn|ny|k\.\s?h|h|hj|kh|drs|dra|dr|drg|ir|gus|kyai|kiai|ustadz|ustad|"
    r"almarhum|almarhumah|alm|almh|abah|eyang|simbah|nyai|raden|r\.\s?ng"
)
# Short words that are more often something else: a capital must follow.
_CALLING = r"ko|koh|cik|ci|mak|wak|lek|teh|kak|de|dik|dek|neng|bang|ning"
_WORD_END = r"(?![\w\]])"
_KIN = (
    r"adik|adek|kakak|anak|bayi|temen|orang\s?tua|ortu|ibu|bapak|ayah|suami|istri|nenek|kakek|tetangga|teman|kawan|cucu|mertua|"
    r"paman|bibi|saudara|keponakan|ponakan|menantu|putra|putri|bojo|simbok|simbah|mbok|mbah|besan|sepupu|ipar|"
    r"almarhum\s+(?:bapak|suami|ayah)|almarhumah\s+(?:ibu|istri)"
)
_KIN_OWN = (
    r"(?:tetangga|tangga|tonggo|temen|bojo|anak|bapak|ibu|mbok|adik|kakak|teman|kanca|konco|suami|istri|"
    r"ponakan|cucu|putu|besan|sepupu|kakek|nenek|adek|dulur)(?:ku|e|nya|mu)"
)
_KIN_OF = (
    rf"(?:{_KIN_OWN}|(?:{_KIN})(?:\s+(?:kandung|ipar|tiri|angkat|bungsu|sulung|pertama|sepupu))?"
    r"\s+(?:saya|kami|aku|kulo|kula|sy|gue|ku))(?:\s+(?:yang|sing))?(?:\s+(?:bernama|nami|namanya|jenenge|a\.?n\.?))?"
)
_ROLES = (
    r"kades|kepala\s+desa|lurah|camat|kadus|sekdes|carik|modin|bayan|kamituwo|kaur|kasi|bendahara|"
    r"ketua\s+(?:rt|rw|kelompok\s+tani|gapoktan|karang\s+taruna|panitia|pkk|poktan|bpd|takmir|paguyuban)|"
    r"perangkat(?:\s+desa)?|mantan\s+kades|sopir|supir|driver|penjaga(?:\s+sekolah)?|"
    r"tukang\s+(?:parkir|becak|sapu|ojek|bangunan|las|sayur)|"
    r"pemilik(?:\s+(?:lahan|rumah|warung|toko|tanah|usaha|kos))?|petugas(?:\s+kami)?|teknisi|oknum(?:\s+\w+)?|"
    r"pelaku|korban|saksi|bripka|briptu|bripda|aiptu|aipda|serda|sertu|serka|kopda|pelapor|pemohon|pasien|"
    r"tersangka|terlapor|narahubung|pengurus|juragan|bidan|mantri|guru|perawat|satpam|kasir|kepsek|kepala\s+sekolah|"
    r"mandor|pengembang|rentenir|dukun|babinsa|bos|kasun"
)
_CLOSINGS = (
    r"terima\s?kasih(?:\s+(?:pak|bu|min|kak|mas))?|terimakasih|trims|trimakasih|tks|thanks|makasih(?:\s+(?:pak|bu|min|kak))?|"
    r"(?:matur\s+)?(?:sembah\s+)?(?:nuwun|suwun)(?:\s+(?:pak|bu|min|mas))?|demikian(?:\s+laporan(?:\s+(?:saya|kami))?)?|sekian|"
    r"wassalam(?:u['\u2019]?alaikum|ualaikum)?(?:\s+wr\.?\s?wb\.?)?|wr\.?\s?wb\.?|"
    r"salam(?:\s+(?:hormat|hangat|santun))?|hormat\s+(?:saya|kami)|ttd|tertanda|mohon\s+ditindaklanjuti|mohon\s+dibantu"
)
QUALIFIED = re.compile(
    rf"(?<![\w\[])(?i:{_ROLES}|admin|operator|pic|pegawai|staf|karyawan|kader|ketua|pengusaha|pedagang|penjual|warga|petani|nelayan|"
    rf"anggota|koordinator)\s+[^\W\d_]{{2,16}}(?:\s+[^\W\d_]{{2,16}})??{_WORD_END},?\s{{1,2}}(?=[A-Z][a-z])"
)
CLOSING = re.compile(rf"(?<![\w\[])(?:{_CLOSINGS}){_WORD_END}(?:[,.!:;~-]|\s){{1,6}}", re.IGNORECASE)
_HINTED = (
    rf"{_KIN_OF}|{_ROLES}|(?:suami|istri|anak|adik|kakak|bapak|ibu|mertua|menantu)nya|saya|sy|aku|kulo|kula|kawula|yth\.?|kepada|hubungi|hub|kontak|oleh|keluarga|milik|"
    r"ybs|rumahnya|rumah|kepunyaan|keponakan|ponakan|adik|nenek|kakek|simbah|simbok|mbok|ayah|suami|istri|dicari|wafatnya|meninggalnya|"
    r"ahli\s+waris|sekeluarga|keluarganya"
)
HINT = re.compile(
    rf"(?<![\w\[])(?:{_HINTED}|{{more}}){_WORD_END}[,:]?\s{{1,3}}\(?".replace(
        "{more}",
        "|".join(
            r"\s{1,3}".join(map(re.escape, hint.split()))
            for hint in sorted(word_list("name_hints"), key=lambda hint: (-len(hint), hint))
        ),
    )
    + "(?=.)",
    re.IGNORECASE,
)
SPEAKER = re.compile(r"(?:saya|sy|aku|kulo|kula|kami|kawula)\W", re.IGNORECASE)
NICKNAME = re.compile(r"(?<=(?<!\w)alias )[A-Z][a-z']{2,20}(?: [A-Z][a-z']{2,20})?(?!\w)")
ALIAS = re.compile(r"(?<!\w)alias\s(?=[A-Z][a-z])")
THANKED = re.compile(
    rf"(?:{_CLOSINGS}|sanget|wr\.?\s?wb\.?|perhatian(?:nya|ipun)|kerja\s?samanya)[ \t.,!]*\n\s*\Z",
    re.IGNORECASE,
)
"""Thanks that end right before a signature."""
POINTED = re.compile(
    r"(?:\](?:\s\w{1,12})?|ybs|yang bersangkutan|pelapor|pemohon|terlapor|petugas(?:\skami)?|oknum|kasih|"
    r"nuwun|suwun|hormat\ssaya|ttd|sopir|korban|saksi|kades|kadus|ketua rt|ketua rw|saya|kami|tetangga|"
    r"suami|istri|anak|ibu|bapak|ayah|pemilik)[.,]?\s{0,2}\Z",
    re.IGNORECASE,
)
"""What stands before a name in brackets."""
FROM = re.compile(r"(?:(?<![\w\[])(?<!\w )|(?<=[.!?] ))dari\s{1,2}", re.IGNORECASE)
# After "Pak": a role that may itself be followed by a name ("Pak RT Sugiyarto").
TITLE_ROLES = frozenset(
    """rt rw kades lurah camat carik modin bayan guru mantri haji hajah bidan kadus sekdes dokter dukuh kaum
    kasun kamituwo kaur kasi bayan ustadz ustad kyai kiai h hj drs dr""".split()  # noqa: SIM905
)
AND = re.compile(r"\s?(?:,\s?(?:dan\s|serta\s|lan\s)?|\s?&\s?|\sdan\s|\sserta\s|\skaro\s|\slan\s|\s/\s|/)")
MASKED_NEXT = re.compile(
    r"\s?[,\u2013(:-]?\s?(?:(?:no\.?\s?)?(?:nik|kk|hp|wa|telp|ktp|bpjs|rek|email)\s?[:.]?\s?)?"
    r"\[(?:NIK|KK|HP|TELP|EMAIL|REK|BPJS|AKUN)\]|\s?,\s?\[ALAMAT\]",
    re.IGNORECASE,
)


def declaring(name_cues: Collection[str]) -> re.Pattern[str]:
    """Cues after which a name follows, with those of the configuration."""
    return _pattern([_DECLARING, *_spaced(name_cues)], r"(?P<mark>\s{0,3}[:.=,]\s{0,3}|\s{1,3})")


def naming() -> re.Pattern[str]:
    """Cues after which a name or an everyday word follows."""
    return _pattern([_NAMING], r"(?P<mark>[:,]?\s{1,3})")


def addressing(titles: Collection[str]) -> re.Pattern[str]:
    """Forms of address, with those of the configuration."""
    return _pattern([_ADDRESSING, *_spaced(titles)], r"(?P<mark>\s{0,3}[:.=]\s{0,3}|,?\s{1,3})")


def calling() -> re.Pattern[str]:
    """Short forms of address that are other words too."""
    return _pattern([_CALLING], r"(?P<mark>\s)")


def _pattern(cues: Iterable[str], mark: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\[-])(?P<cue>{'|'.join(cues)})(?![\w\]]){mark}", re.IGNORECASE)


def _spaced(cues: Collection[str]) -> list[str]:
    longest_first = sorted(cues, key=lambda cue: (-len(cue), cue))
    return [r"\s{1,3}".join(map(re.escape, cue.rstrip(" .:").split())) for cue in longest_first]
