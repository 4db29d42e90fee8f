"""The words for kinds of divisions that sources put before or after a division's name, by language.

What is left without them must be the name as texts write it: so no words here for languages that put the name into the
genitive or make an adjective of it ('Московская область', 'Uudenmaan maakunta'); there the whole stands.
"""
import re

BEFORE = {
    "en": "Province|District|Region|County|Municipality|Department|Governorate|Canton|Parish|Prefecture|Emirate|Division|Sveitarfélagið|Kraj|Okres|Opština",
    "vi": "Thành phố|Đô thị tự trị|Đô thị|Khu tự trị|Khu tự quản|Khu vực|Khu|Giáo xứ|Quận|Tỉnh|Hạt|Huyện|Vùng|Bang|Tiểu bang|Thủ đô|Công quốc|Cộng hòa|Tổng|Xã",
    "fr": "Province|District municipal|District|Région|Gouvernorat|Préfecture|Comté|Département|Municipalité|État|Oblast|Wilaya|Raion|Commune|"
          "Canton|Voïvodie|Powiat|Paroisse|Krai|Kraï|Territoire|Ville|Emirat|Émirat|Atoll|Okrug|Changwat|Division|Cité",
    "id": "Provinsi|Distrik|Kotamadya|Departemen|Region|Kegubernuran|County|Wilayah|Prefektur|Oblast|Munisipalitas|Paroki|Kanton|Daerah|Raionul|Divisi|Krai|Negara bagian|Zona",
    "ms": "Wilayah Pentadbiran|Wilayah|Daerah|Kawasan kegabenoran|Kawasan|Kegabenoran|Perbandaran|Negeri|Paroki|Jajahan",
    "es": "Provincia|Distrito|Municipalidad|Región|Gobernación|Condado|Departamento|Municipio|Parroquia|Óblast|Prefectura|Estado|Cantón|Voivodato|Raión|Distrito municipal|Kraï|Krai",
    "pt": "Município|Distrito|Região|Oblast|Condado|Província|Voivodia|Departamento|Estado|Prefeitura|Governadoria|Cantão|Comuna",
    "it": "Provincia|Regione|Distretto|Dipartimento|Comune|Governatorato|Prefettura|Oblast’|Contea|Stato|Cantone|Voivodato|Parrocchia|Circondario|Municipalità|Città metropolitana",
    "de": "Provinz|Bezirk|Departamento|Département|Oblast|Distrikt|Region|Opština|Okres|Gemeinde|Gouvernement|Kreis|Präfektur|Rajongemeinde|Rajon|Okrug|"
          "Gouvernorat|Gespanschaft|Munizip|Región|Komitat|Kanton|Bundesstaat|Woiwodschaft|Verwaltungsregion|Provincia",
    "nl": "Oblast|Okres|Changwat|District|Kanton|Woiwodschap|Kraj|Provincie|Provincia|Regio",
    "sv": "Province|Departamento|Okres|Guvernementet|Provincia|Región|Concelho|Kantonen|Provinsen",
    "da": "Province|County|Województwo|Kanton|Provincia|Region|Provinsen",
    "nb": "Provinsen|Guvernementet|Emiratet|Region|Kantonen|Fylket",
    "pl": "Prowincja|Gmina|Dystrykt|Region|Rejon|Obwód|Prefektura|Okręg|Powiat|Gubernatorstwo|Departament|Ajmak|Komitat|Wilajet|Stan|Hrabstwo",
    "cs": "Provincie|Okres|Opština|Prefektura|Hrabství|Region|Kanton|Guvernorát|Departement|Distrikt|Občina",
    "sk": "Okres|Obec|Provincia", "sl": "Občina|Mestna občina|Provinca|Guvernat|Departamento|Okres|Distrikt|Kanton|Prefektura|Okrožje|Regija|Opština|Región",
    "hr": "Općina|Okrug|Oblast|Županija|Gradska općina|Regija", "sr": "Општина|Округ|Покрајина|Провинција|Кантон|Војводство|Opština|Okrug|Pokrajina|Provincija|Kanton|Vojvodstvo",
    "bs": "Okrug|Oblast|Kotar|Regija|Provincija", "mk": "Општина|Војводство", "bg": "Област",
    "ru": "Приход|Префектура|Провинция|Штат|Округ", "uk": "Провінція|Регіон|Префектура|Парафія|Муніципалітет|Штат|Округ",
    "be": "Правінцыя|Штат|Горад|Дэпартамент|Рэгіён|Прэфектура|Кантон|Вілает",
    "ro": "Provincia|Regiunea|Districtul|Comuna|Guvernoratul|Departamentul|Statul|Prefectura|Cantonul|Comitatul|Județul|Ținutul|Okres|Comuna urbană|Voievodatul",
    "el": "Επαρχία|Δήμος|Περιφέρεια|Κυβερνείο|Διαμέρισμα|Κομητεία|Νομός|Πολιτεία",
    "sq": "Provinca|Komuna|Qarku|Raionul|Kantoni|Rajoni|Zhupania|Distrikti|Governorati",
    "ca": "Província|Districte municipal|Districte|Municipi|Regió|Governació|Departament|Comtat|Estat|Prefectura|Cantó|Óblast",
    "gl": "Provincia|Distrito|Rexión|Departamento|Condado|Estado|Prefectura|Municipio|Gobernación|Óblast|Concello",
    "ga": "Cúige|Contae|Maoracht|Gobharnóireacht|Buirg|cantún|Ceantar", "cy": "Talaith|Bwrdeistref Fetropolitan|Bwrdeistref|Sir|Oblast|Swydd|Dinas|Ardal",
    "sw": "Mkoa|Wilaya|Jimbo", "af": "Kanton|Woiwodskap",
    "he": "מחוז משנה|מחוז|נפת|מדינת|פרובינציית|עיריית", "ar": "مقاطعة|محافظة|بلدية|ولاية|إقليم|إدارة|منطقة|أبرشية|كانتون|مديرية|ضاحية|اقليم|ناحية",
    "fa": "استان|ناحیه|شهرستان|شهرداری|منطقه|بخش|ایالت|ولایت|پریش|دهستان|کلان‌شهر مستقل|کلان‌شهر|آب‌سنگ حلقوی",
    "ur": "صوبہ|محافظہ|بلدیہ|کاؤنٹی|کینٹن|ضلع",
    "th": "จังหวัด|รัฐ|เมือง|เขตปกครอง|เขต|แคว้น|เทศบาล|มณฑล|แขวง|ภูมิภาค|เทศมณฑล|จ\\.", "km": "ខេត្ត|ក្រុង|រាជធានី", "lo": "ແຂວງ|ຈັງຫວັດ|ເມືອງ|ລັດ",
}
JOINT = {  # what may join the word to the name
    "fr": r"de la |de l’|de l'|des |du |de |d’|d'", "es": r"de la |de las |de los |del |de ", "pt": r"da |do |das |dos |de ", "ca": r"de la |de l’|dels |del |de |d’",
    "gl": r"da |do |das |dos |de ", "it": r"della |dello |dell’|del |dei |delle |di |d’", "sw": r"wa |ya |la |za ", "sq": r"e |i |të ", "ro": r"de la |de ",
    "el": r"της |του |των ", "de": r"du |de la |des |de |del ", "sl": r"de |du |del ", "sv": r"de la |de |du |del ", "en": r"of ", "ga": "", "nl": r"de |del ",
}
AFTER = {
    "en": "County|Atoll|Province|oblysy|Region|District|Division|Municipality|Krai|Governorate|Oblast|Prefecture|State|Department|Parish|Canton|Emirate|Voivodeship",
    "de": "County|District|Region|Province|län|kraj|Parish|Oblast", "nl": "novads|Prefecture|län|Region|District|Municipality|Provincie|Province", "nb": "kommune|Kommune|provins|prestegjeld|fylke|oblast|distrikt|region|län|department|Province|Governorate",
    "sv": "kommun|novads|oblast|prefektur|län|provins|District|Province|savivaldybė|fylke|County|Prefecture|vojvodskap", "da": "Province|District|Municipality|Region|municipality|Department|Governorate|oblast|County|Prefecture|Parish|provins|amt|kraj",
    "ms": "Province|District|Municipality|municipality|Region|Department|Governorate|County|Parish|Prefecture|State|Oblast|Division|Zone", "id": "County|Governorate|Zone|Department|Quarter",
    "tr": "ili|Belediyesi|District|Province|Eyaleti|Vilayeti|Departmanı|Oblastı|ilçesi|Rayonu|County|Parish|Prefecture|eyaleti|İlçesi|Region|Bölgesi",
    "hu": "megye|tartomány|község|járás|kormányzóság|prefektúra|kerület|körzet|kanton|vajdaság|városi község", "az": "vilayəti|əyaləti|mühafəzəsi|ştatı|rayonu", "kk": "облысы",
    "uz": "viloyati|tumani|provinsiyasi|muhofazasi|departamenti",
    "hi": "प्रांत|प्रान्त|जिला|नगर पालिका|नगरपालिका|काउंटी|विभाग|प्रीफेक्चर|ओब्लास्ट|राज्य|गवर्नरेट|पैरिश|मुहाफ़ज़ाह|बरो|कैन्टन",
    "bn": "প্রদেশ|জেলা|প্রশাসনিক অঞ্চল|অঞ্চল|পৌরসভা|বিভাগ|কাউন্টি|গভর্নোরেট|ওব্লাস্ট|অঙ্গরাজ্য|প্যারিশ", "ta": "மாகாணம்|மாவட்டம்|நகராட்சி|கவுண்டி|மாநிலம்|ஆளுநரகம்",
    "te": "ప్రావిన్స్|జిల్లా|మున్సిపాలిటీ|కౌంటీ|గవర్నరేట్|ప్రిఫెక్చర్|రాష్ట్రం", "mr": "प्रांत|जिल्हा|म्युन्सिपाल्टी|काउंटी|गव्हर्नोरेट|ओब्लास्त", "ml": "ജില്ല|പ്രവിശ്യ|കൗണ്ടി|സംസ്ഥാനം",
    "ne": "जिल्ला|प्रान्त|अञ्चल", "ur": "صوبہ|ضلع|علاقہ|کاؤنٹی|میونسپلٹی|بلدیہ|محکمہ|اوبلاست|پریفیکچر|ریاست", "ko": "주|구|현|시|성|지방|교구|자치제|자치구|지역",
    "mn": "аймаг|муж|хошуу", "ka": "პროვინცია|რაიონი|დეპარტამენტი|პრეფექტურა|შტატი|მუჰაფაზა", "hy": "շրջան|մարզ|նահանգ|գավառ",
}
UNSPACED_AFTER = {
    "zh": "自治區|自治区|自治州|自治市|特別市|特别市|直轄市|大區|大区|地區|地区|省|州|縣|县|郡|府|邦|道|市|區|区", "ja": "自治区|特別市|広域市|直轄市|特別区|地方|地区|省|州|県|郡|府|都|道|市|区",
    "my": "ပြည်နယ်|တိုင်းဒေသကြီး|ခရိုင်|မြို့",
}
# Where the whole, type word and all, is a name that texts write with a capital.
WHOLE_STANDS = {"en", "id", "zh", "ja", "ko", "ms"}


def without(name, lang):
    """The name without the word for its kind, if it has one and something is left; else None."""
    for table, pattern in ((BEFORE, r"(?:%s)[ \u200c]*(?:%s)?(.+)"), (AFTER, r"(.+?)[ -](?:%s)"), (UNSPACED_AFTER, r"(.+?)(?:%s)")):
        if lang not in table:
            continue
        words = "|".join(sorted(table[lang].split("|"), key=len, reverse=True))
        regex = pattern % ((words, JOINT.get(lang, "")) if table is BEFORE else words)
        found = re.fullmatch(regex, name) or (table is BEFORE and re.fullmatch(regex, name[:1].upper() + name[1:]))
        if found and (table is not BEFORE or lang in ("th", "km", "lo") or re.match(r"(?:%s)( |’|')" % words, name, re.I)):
            return found.group(1).strip()
    return None
