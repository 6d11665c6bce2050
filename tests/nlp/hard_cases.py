"""The thirty hard cases of the domain notes.

Where the notes leave it open ("net-pos", "dishub to be confirmed"), every answer allowed is
listed. A complaint channel and a local page are Pati-only sources; the traps come from general
ones, where they have to be recognised without help.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    number: int
    text: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    opd: tuple[str, ...] | None  # allowed first choices; None = no office
    sentiment: tuple[str | None, ...]
    kecamatan: tuple[str, ...]

    @property
    def relevant(self) -> bool:
        return self.topics != ("tidak_relevan",)


NEG, NET, POS = "negatif", "netral", "positif"
P, G = "pati_only", "general"
NO = ("tidak_relevan",)

CASES = [
    Case(
        1,
        "Dalane rusak parah nang Sukolilo-Prawoto, wis rong taun ora didandani. Piye leh pak?",
        "complaint",
        P,
        ("jalan_jembatan",),
        ("dputr",),
        (NEG,),
        ("Sukolilo",),
    ),
    Case(
        2,
        "Mantap pak jalannya kayak kubangan kerbau, sekalian aja dikasih lele 👍👍",
        "comment",
        P,
        ("jalan_jembatan",),
        ("dputr",),
        (NEG,),
        (),
    ),
    Case(
        3,
        "Makasih min, PJU depan Pasar Gembong udh nyala lagi, gercep bgt",
        "complaint",
        P,
        ("pju",),
        ("dishub",),
        (POS,),
        ("Gembong",),
    ),
    Case(
        4,
        "PJU nya blm nyala jg sampe skrg pdhl udh lapor 3x",
        "complaint",
        P,
        ("pju",),
        ("dishub",),
        (NEG,),
        (),
    ),
    Case(
        5,
        "Urus KTP di dukcapil skrg gk ribet, 15 menit jadi",
        "comment",
        P,
        ("adminduk",),
        ("disdukcapil",),
        (POS,),
        (),
    ),
    Case(
        6,
        "Antrenya sih tidak lama, tapi petugas loketnya kurang ramah",
        "complaint",
        P,
        ("layanan_aduan", "lainnya"),
        ("diskominfo", "-"),
        (NEG,),
        (),
    ),
    Case(
        7,
        "Bukan tidak mau bayar PBB, tapi naiknya keterlaluan",
        "complaint",
        P,
        ("pajak_retribusi",),
        ("bpkad",),
        (NEG,),
        (),
    ),
    Case(
        8,
        "Polisi tangkap gembong narkoba di Juwana",
        "news",
        G,
        ("kriminal",),
        ("-", "polresta"),
        (NET,),
        ("Juwana",),
    ),
    Case(9, "Harga emas batangan Antam naik Rp15 ribu", "news", G, NO, None, (None,), ()),
    Case(10, "Panglima TNI mutasi 50 pati, ini daftarnya", "news", G, NO, None, (None,), ()),
    Case(11, "Tambahkan sari pati jagung biar kuahnya kental", "social", G, NO, None, (None,), ()),
    Case(12, "Iki urusan pati urip, ojo digawe guyon", "comment", G, NO, None, (None,), ()),
    Case(13, "Warga Sukolilo Surabaya keluhkan banjir rob", "news", G, NO, None, (None,), ()),
    Case(
        14,
        "Jalan ambles di Desa Pekalongan, Winong, warga pasang drum",
        "complaint",
        P,
        ("jalan_jembatan",),
        ("dputr", "pemdes"),
        (NEG,),
        ("Winong",),
    ),
    Case(
        15,
        "Pemuda di Pati tewas tenggelam di Sungai Silugonggo, BPBD lakukan pencarian",
        "news",
        G,
        ("kecelakaan",),
        ("bpbd",),
        (NET,),
        (),
    ),
    Case(
        16,
        "Selokan mampet penuh sampah, tiap hujan banjir masuk rumah. Jl P Sudirman",
        "complaint",
        P,
        ("drainase", "sampah"),
        ("dputr", "dlh"),
        (NEG,),
        ("Pati",),
    ),
    Case(
        17,
        "Bangjo perempatan Kalianyar mati, aspale yo bolong kabeh",
        "complaint",
        P,
        ("lalulintas_parkir", "jalan_jembatan"),
        ("dishub", "dputr"),
        (NEG,),
        ("Pati",),
    ),
    Case(
        18,
        "Yang dapat bantuan malah yg punya mobil, mbok saya janda ora tau oleh",
        "complaint",
        P,
        ("bansos",),
        ("dinsos",),
        (NEG,),
        (),
    ),
    Case(
        19,
        "Nama saya Slamet Raharjo, NIK 3318000000000000 hp 0812-0000-0000, KK belum jadi 2 bln",
        "complaint",
        P,
        ("adminduk",),
        ("disdukcapil",),
        (NEG,),
        (),
    ),
    Case(
        20,
        "Pantura Batangan rusak, itu jalan nasional jgn salahkan bupati",
        "comment",
        P,
        ("jalan_jembatan",),
        ("bpjn",),
        (NET,),
        ("Batangan",),
    ),
    Case(
        21,
        "Alhamdulillah banjir Gadingrejo sudah surut",
        "comment",
        P,
        ("banjir_rob",),
        ("bpbd",),
        (NET,),
        ("Juwana",),
    ),
    Case(
        22,
        "PDAM mati 3 hari tapi tagihan jalan terus",
        "complaint",
        P,
        ("air_bersih",),
        ("pdam",),
        (NEG,),
        (),
    ),
    Case(
        23,
        "Oglangan maneh nang Dukuhseti, PLN piye iki",
        "complaint",
        P,
        ("listrik_telekom",),
        ("pln",),
        (NEG, NET),
        ("Dukuhseti",),
    ),
    Case(
        24,
        "Pupuk subsidi angel tenan golekane, regane larang",
        "complaint",
        P,
        ("pertanian_pupuk",),
        ("dispertan", "disdagperin"),
        (NEG,),
        (),
    ),
    Case(
        25,
        "Ora popo lah sing penting wis dicor, matur nuwun pak",
        "comment",
        P,
        ("jalan_jembatan",),
        ("dputr",),
        (POS,),
        (),
    ),
    Case(
        26,
        'Hebat ya, dibalas "siap koordinasikan" langsung status selesai, jalannya blm diapa2in',
        "complaint",
        P,
        ("layanan_aduan", "jalan_jembatan"),
        ("diskominfo", "dputr"),
        (NEG,),
        (),
    ),
    Case(
        27,
        "Kirab Boyongan: Patih dan prajurit iringi pusaka ke Pendopo Pati",
        "news",
        G,
        ("wisata_budaya",),
        ("disdikbud", "dinporapar"),
        (NET, POS),
        (),
    ),
    Case(28, "Sudewo mundur! #PatiMelawan", "social", G, ("politik",), None, (None,), ()),
    Case(
        29,
        "Puskesmas Cluwak ramah2, tapi obat sering kosong & BPJS saya nonaktif",
        "complaint",
        P,
        ("kesehatan",),
        ("dinkes",),
        (NEG,),
        ("Cluwak",),
    ),
    Case(30, "Omahem kebanjiran ora, Kang?", "comment", P, ("banjir_rob",), ("-", "bpbd"), (NET,), ()),
]
