/**
 * Time zones by dialing area for countries with several clocks, and corrections for wrong or foreign zones in the
 * upstream table. Each is dated and has its source. Only geographic numbers are listed; others (mobile, toll-free, new
 * ranges) may be anywhere in their country.
 *
 * libphonenumber names one zone for all zones that once had the same clocks (its `resources/timezones/README.md`). So
 * it has Brisbane under Sydney, and Libya under Bucharest.
 */

export type Areas = {
  readonly code: string;
  /** When it was compared with the source. */
  readonly checked: string;
  readonly source: string;
  /** Zones of numbers without an area; default: all zones of the country in the tz database, one for each rule. */
  readonly country?: readonly string[];
  /**
   * Zones, joined with &, and the prefixes after the calling code that may be in any of them. The longest prefix
   * decides.
   */
  readonly areas: Readonly<Record<string, string>>;
};

/** Overlay area codes: they cover the same places as another code, so they have the same zones. */
export type Overlay = {
  readonly code: string;
  readonly over: string;
  readonly inService: string;
  readonly source: string;
};

const TZ = "tz database 2026f, zone.tab and the comments of its source files";
const CHECKED = "2026-11-29";

export const OVERLAYS: readonly Overlay[] = [
  { code: "273", over: "418", inService: "2026", source: "libphonenumber 9.0.35, ranges of Canada: Quebec" },
  { code: "448", over: "850", inService: "2021-06-22", source: "Florida Public Service Commission, on 850/448" },
  {
    code: "457",
    over: "318",
    inService: "2025-09-25",
    source: "Louisiana Public Service Commission, notice on 318/457",
  },
  { code: "565", over: "912", inService: "2026", source: "Georgia Public Service Commission, June 2025, on 912/565" },
  {
    code: "621",
    over: "713",
    inService: "2025-01-23",
    source: "Public Utility Commission of Texas, on 281/346/713/832/621",
  },
  { code: "679", over: "313", inService: "2025-11-07", source: "Michigan Public Service Commission, on 313/679" },
  { code: "729", over: "423", inService: "2025-09-05", source: "Tennessee Public Utility Commission, on 423/729" },
];

/**
 * North America: whole area codes, because numbers are ported within one. libphonenumber treats +1 as one country. All
 * countries but the United States and Canada have area codes of their own, also for mobile numbers, and their zones
 * count.
 */
export const NORTH_AMERICA: Areas = {
  code: "1",
  checked: CHECKED,
  source: `NANPA, area code maps; ${TZ}`,
  areas: {
    // Saskatchewan has no daylight saving; Lloydminster has Alberta's time.
    "America/Edmonton&America/Regina": "306,474,639",
    "America/Edmonton": "368,403,587,780,825",
    // British Columbia: the east has Alberta's time; the area of the lower mainland (604) does not extend there.
    "America/Creston&America/Dawson_Creek&America/Edmonton&America/Vancouver": "236,250,257,672,778",
    "America/Cambridge_Bay&America/Dawson&America/Edmonton&America/Inuvik&America/Iqaluit&America/Rankin_Inlet&America/Resolute&America/Atikokan&America/Whitehorse":
      "867",
    "America/Atikokan&America/Toronto&America/Winnipeg": "807",
    // The Magdalen Islands and the Lower North Shore of Quebec.
    "America/Blanc-Sablon&America/Halifax&America/Toronto": "273,367,418,581",
    "America/Blanc-Sablon&America/Goose_Bay&America/St_Johns": "709,879",
    "America/Moncton": "428,506",
    "America/Boise&America/Los_Angeles": "208,458,541,986",
    "America/Denver&America/Los_Angeles": "775",
    // The Navajo Nation, which has daylight saving, is in 928.
    "America/Denver&America/Phoenix": "928",
    "America/Phoenix": "480,520,602,623",
    "America/Toronto": "416,437,647,942",
    "America/Adak&America/Anchorage&America/Juneau&America/Metlakatla&America/Nome&America/Sitka&America/Yakutat":
      "907",
    "America/Chicago&America/Denver&America/North_Dakota/Center": "701",
    "America/Chicago&America/Denver": "308,605,620,785",
    "America/Detroit": "231,248,269,313,517,586,616,679,734,810,947,989",
    "America/Detroit&America/Menominee": "906",
    "America/Indiana/Indianapolis": "260,317,463,765",
    "America/Chicago&America/Indiana/Indianapolis": "219",
    "America/Indiana/Indianapolis&America/Indiana/Knox": "574",
    "America/Chicago&America/Indiana/Indianapolis&America/Indiana/Tell_City": "812,930",
    "America/Kentucky/Louisville": "502",
    "America/Chicago&America/Kentucky/Louisville": "270,364",
    "America/Chicago&America/Kentucky/Monticello&America/New_York": "606",
  },
};

export const AREAS: readonly Areas[] = [
  {
    code: "7",
    checked: CHECKED,
    source: `Russian numbering plan (area codes of federal subjects, ABC), Kazakhstan's numbering plan; ${TZ}`,
    country: [
      "Europe/Kaliningrad",
      "Europe/Moscow",
      "Europe/Samara",
      "Asia/Yekaterinburg",
      "Asia/Omsk",
      "Asia/Novosibirsk",
      "Asia/Irkutsk",
      "Asia/Chita",
      "Asia/Vladivostok",
      "Asia/Magadan",
      "Asia/Kamchatka",
    ],
    areas: {
      "Europe/Kaliningrad": "401",
      "Europe/Moscow":
        "471,472,473,474,475,481,482,483,484,485,486,487,491,492,493,494,495,496,498,499,811,812,813,814,815,816,817,818,820,821,831,834,835,836,841,843,847,855,861,862,863,865,866,867,871,872,873,877,878,879",
      "Europe/Simferopol": "365,869",
      "Europe/Kirov": "833",
      "Europe/Volgograd": "844",
      "Europe/Saratov": "845",
      "Europe/Ulyanovsk": "842",
      "Europe/Astrakhan": "851",
      "Europe/Samara": "341,846,848",
      "Asia/Yekaterinburg": "342,343,345,346,347,349,351,352,353",
      "Asia/Omsk": "381",
      "Asia/Novosibirsk": "383",
      "Asia/Tomsk": "382",
      "Asia/Barnaul": "385,388",
      "Asia/Novokuznetsk": "384",
      "Asia/Krasnoyarsk": "390,391,394",
      "Asia/Irkutsk": "301,395",
      "Asia/Chita": "302",
      "Asia/Khandyga&Asia/Srednekolymsk&Asia/Ust-Nera&Asia/Vladivostok&Asia/Yakutsk": "411",
      "Asia/Yakutsk": "416",
      "Asia/Vladivostok": "421,423,426",
      "Asia/Magadan": "413",
      "Asia/Sakhalin&Asia/Srednekolymsk": "424",
      "Asia/Kamchatka": "415",
      "Asia/Anadyr": "427",
      // Kazakhstan has had one clock since March 2024.
      "Asia/Almaty": "6,7",
      "Asia/Qyzylorda": "336",
    },
  },
  {
    code: "34",
    checked: CHECKED,
    source: `Spain's national numbering plan (RD 2296/2004); ${TZ}`,
    country: ["Europe/Madrid", "Atlantic/Canary"],
    areas: {
      "Europe/Madrid": "81,82,83,84,85,86,87,88,91,92,93,94,95,96,97,98",
      // Numbers that libphonenumber assigns to the Canary Islands (827), or to no area.
      "Atlantic/Canary&Europe/Madrid": "827,96906,97390",
      "Africa/Ceuta&Europe/Madrid": "852,856,952,956",
      "Atlantic/Canary": "822,828,922,928",
    },
  },
  {
    code: "52",
    checked: CHECKED,
    source: `IFT, numbering areas of Mexico; Ley de los Husos Horarios of 2022; ${TZ}`,
    country: [
      "America/Cancun",
      "America/Mexico_City",
      "America/Matamoros",
      "America/Ciudad_Juarez",
      "America/Mazatlan",
      "America/Tijuana",
    ],
    areas: {
      "America/Mexico_City":
        "22,23,24,25,27,28,29,31,32,33,34,35,37,38,39,41,42,43,44,45,46,47,48,49,55,56,58,59,71,72,73,74,75,76,77,78,79,91,92,93,94,95,96,97",
      "America/Bahia_Banderas&America/Mexico_City": "322,329",
      "America/Mazatlan": "311,319,323,324,325,327,389,612,613,615,624,660,667,668,669,672,673,687,694,695,696,697,698",
      "America/Tijuana": "616,646,658,661,663,664,665,686",
      "America/Hermosillo&America/Tijuana": "653",
      "America/Hermosillo": "622,623,631,632,633,634,637,638,641,642,643,644,645,647,651,662",
      "America/Chihuahua": "614,621,625,627,628,629,635,639,648,652,659",
      "America/Chihuahua&America/Ciudad_Juarez": "636,657",
      "America/Ciudad_Juarez": "656",
      "America/Ojinaga": "626",
      "America/Chihuahua&America/Monterrey": "649",
      "America/Monterrey": "618,671,674,675,676,677,81,82,83,84",
      // The border towns of Coahuila, Nuevo León and Tamaulipas have Texas' time.
      "America/Matamoros&America/Monterrey": "86,87,89",
      "America/Matamoros": "867,868,877,878,894,897,899",
      "America/Cancun&America/Merida": "98,99",
      "America/Merida": "981,982,985,986,988,991,996,997,999",
      "America/Cancun": "983,984,987,998",
    },
  },
  {
    code: "55",
    checked: CHECKED,
    source: `Anatel, area codes (DDD) by state; ${TZ}`,
    country: ["America/Noronha", "America/Sao_Paulo", "America/Manaus", "America/Rio_Branco"],
    areas: {
      "America/Sao_Paulo":
        "11,12,13,14,15,16,17,18,19,21,22,24,27,28,31,32,33,34,35,37,38,41,42,43,44,45,46,47,48,49,51,53,54,55,61,62,64",
      // Numbers of eight digits without an area.
      "America/Manaus&America/Noronha&America/Rio_Branco&America/Sao_Paulo": "4020,4370,4864",
      "America/Araguaina": "63",
      "America/Cuiaba": "65,66",
      "America/Campo_Grande": "67",
      "America/Rio_Branco": "68",
      "America/Porto_Velho": "69",
      "America/Bahia": "71,73,74,75,77",
      "America/Maceio": "79,82",
      // Fernando de Noronha has numbers in Recife's area.
      "America/Noronha&America/Recife": "81",
      "America/Recife": "87",
      "America/Fortaleza": "83,84,85,86,88,89,98,99",
      "America/Belem": "91,94,96",
      "America/Santarem": "93",
      "America/Manaus": "92",
      "America/Boa_Vista": "95",
      "America/Eirunepe&America/Manaus": "97",
    },
  },
  {
    code: "56",
    checked: CHECKED,
    source: `Subtel, Chile's numbering areas; ${TZ}`,
    country: ["America/Santiago", "America/Punta_Arenas", "Pacific/Easter"],
    areas: {
      "America/Santiago": "2,33,34,35,41,42,43,45,51,52,53,55,57,58,63,64,65,71,72,73,75",
      // Easter Island has numbers in Valparaíso's area.
      "America/Santiago&Pacific/Easter": "32",
      "America/Punta_Arenas": "61",
      "America/Coyhaique": "67",
    },
  },
  {
    code: "61",
    checked: CHECKED,
    source: `ACMA, Telecommunications Numbering Plan 2025 (geographic numbers); ${TZ}`,
    country: [
      "Australia/Lord_Howe",
      "Australia/Sydney",
      "Australia/Brisbane",
      "Australia/Adelaide",
      "Australia/Darwin",
      "Australia/Perth",
      "Australia/Eucla",
      "Indian/Christmas",
      "Indian/Cocos",
    ],
    areas: {
      "Australia/Sydney": "2",
      "Australia/Lord_Howe":
        "255053,255143,255213,255280,255307,255369,255413,255568,255936,255937,265080,265081,265082,265099,265164,265251,265296,265341,265606,265632,265998",
      "Australia/Hobart&Australia/Melbourne": "3",
      "Australia/Brisbane": "7",
      // Tweed Heads, in New South Wales, has numbers in the Gold Coast's area.
      "Australia/Brisbane&Australia/Sydney": "755",
      "Australia/Adelaide&Australia/Darwin&Australia/Eucla&Australia/Perth&Indian/Christmas&Indian/Cocos": "8",
      "Australia/Adelaide": "87,88",
      "Australia/Broken_Hill": "8808",
      "Australia/Darwin": "889",
      "Australia/Perth": "86,89",
      "Australia/Eucla&Australia/Perth": "8903",
      // Numbers with this prefix may be anywhere, like mobile ones.
      "Australia/Adelaide&Australia/Brisbane&Australia/Darwin&Australia/Eucla&Australia/Lord_Howe&Australia/Perth&Australia/Sydney&Indian/Christmas&Indian/Cocos":
        "851",
      "Indian/Christmas": "89164,891958",
      "Indian/Cocos": "89162,891703",
    },
  },
  {
    code: "62",
    checked: CHECKED,
    source: `Indonesia's area codes (Permenkominfo 14/2018); ${TZ}`,
    country: ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"],
    areas: {
      "Asia/Jakarta": "2,31,32,33,34,35,61,62,63,64,65,7",
      "Asia/Makassar": "36,37,38,4,511,512,517,518,526,527,54,55",
      "Asia/Makassar&Asia/Pontianak": "51,52",
      "Asia/Pontianak": "513,522,525,528,53,56",
      "Asia/Jayapura": "9",
    },
  },
  {
    code: "64",
    checked: CHECKED,
    source: `Number Administration Deed of New Zealand, area codes; ${TZ}`,
    country: ["Pacific/Auckland", "Pacific/Chatham"],
    areas: {
      "Pacific/Auckland": "3,4,6,7,92,93,94,95,96,97,98,99",
      "Pacific/Auckland&Pacific/Chatham": "330,32719,70",
    },
  },
  {
    code: "86",
    checked: CHECKED,
    source: `MIIT, area codes of China; ${TZ}`,
    country: ["Asia/Shanghai", "Asia/Urumqi"],
    areas: {
      "Asia/Shanghai": "10,2,3,41,42,43,44,45,46,47,48,5,6,7,81,82,83,84,85,86,87,88,89,91,93,951,952,953,954,955,97",
      // Xinjiang, where both clocks are in use.
      "Asia/Shanghai&Asia/Urumqi": "901,902,903,906,908,909,99",
    },
  },
  {
    code: "243",
    checked: CHECKED,
    source: `ARPTC, numbering plan of the Democratic Republic of the Congo; ${TZ}`,
    areas: {
      "Africa/Kinshasa": "1,3",
      "Africa/Kinshasa&Africa/Lubumbashi": "4,5",
      "Africa/Lubumbashi": "2,6",
    },
  },
  {
    code: "262",
    checked: CHECKED,
    source: `Arcep, numbering plan of the overseas departments; ${TZ}`,
    areas: { "Indian/Reunion": "262,263,692,693", "Indian/Mayotte": "269,639" },
  },
  {
    code: "299",
    checked: CHECKED,
    source: `libphonenumber 9.0.35, ranges of Greenland; ${TZ}`,
    country: ["America/Nuuk", "America/Thule", "America/Danmarkshavn"],
    areas: {
      "America/Nuuk": "31,32,33,34,35,36,37,6,81,82,83,84,85,86,87,88,89,90,91,92,93,94,95,96,98",
      "America/Scoresbysund": "99",
      "America/Thule": "97",
    },
  },
  {
    code: "351",
    checked: CHECKED,
    source: `ANACOM, national numbering plan; ${TZ}`,
    country: ["Europe/Lisbon", "Atlantic/Azores"],
    areas: { "Europe/Lisbon": "2", "Atlantic/Madeira": "291", "Atlantic/Azores": "292,295,296" },
  },
  {
    code: "593",
    checked: CHECKED,
    source: `ARCOTEL, numbering plan of Ecuador; ${TZ}`,
    areas: {
      "America/Guayaquil": "2,3,4,5,6,7",
      // Voice-over-IP numbers, and the Galápagos.
      "America/Guayaquil&Pacific/Galapagos": "52,2890,3890,4890,5890,6890,7890",
    },
  },
  {
    code: "672",
    checked: CHECKED,
    source: `libphonenumber 9.0.35, comments on Norfolk Island and the Australian Antarctic stations; ${TZ}`,
    country: ["Pacific/Norfolk", "Antarctica/Macquarie", "Antarctica/Casey", "Antarctica/Davis", "Antarctica/Mawson"],
    areas: { "Pacific/Norfolk": "3" },
  },
  {
    code: "675",
    checked: CHECKED,
    source: `NICTA, numbering plan of Papua New Guinea; ${TZ}`,
    areas: { "Pacific/Port_Moresby": "3,4,5,6" },
  },
  {
    code: "686",
    checked: CHECKED,
    source: `libphonenumber 9.0.35, ranges of Kiribati; ${TZ}`,
    areas: {
      "Pacific/Tarawa": "2,31,32,33,34,35,36,37,38,39,4",
      "Pacific/Kiritimati": "81,82,83,84",
      "Pacific/Kanton": "85",
    },
  },
  {
    code: "689",
    checked: CHECKED,
    source: `libphonenumber 9.0.35, ranges of French Polynesia; ${TZ}`,
    areas: { "Pacific/Tahiti": "404,405,406,408" },
  },
  {
    code: "691",
    checked: CHECKED,
    source: `libphonenumber 9.0.35, ranges of Micronesia; ${TZ}`,
    country: ["Pacific/Chuuk", "Pacific/Pohnpei", "Pacific/Kosrae"],
    areas: { "Pacific/Pohnpei": "320", "Pacific/Kosrae": "370", "Pacific/Chuuk": "330,350" },
  },
  {
    code: "976",
    checked: CHECKED,
    source: `CRC, area codes of Mongolia; ${TZ} (Hovd's provinces since 2024b)`,
    areas: {
      "Asia/Ulaanbaatar": "11,12,13,15,21,22,23,25",
      "Asia/Hovd&Asia/Ulaanbaatar": "14,24",
      "Asia/Hovd": "142,143,145,242,243,245",
    },
  },
  // The country's own zone, if the tz database's first one for it is not the one that its numbers are in.
  {
    code: "380",
    checked: CHECKED,
    source: `Crimea has had numbers of +7 since 2014 (Roskomnadzor); ${TZ}`,
    country: ["Europe/Kyiv"],
    areas: {},
  },
  {
    code: "212",
    checked: CHECKED,
    source: `${TZ}; libphonenumber has the Canary Islands'`,
    country: ["Africa/Casablanca"],
    areas: {},
  },
  {
    code: "213",
    checked: CHECKED,
    source: `${TZ}; libphonenumber has Paris's`,
    country: ["Africa/Algiers"],
    areas: {},
  },
  {
    code: "218",
    checked: CHECKED,
    source: `${TZ}; libphonenumber has Bucharest's`,
    country: ["Africa/Tripoli"],
    areas: {},
  },
  {
    code: "505",
    checked: CHECKED,
    source: `${TZ}; libphonenumber has Chicago's`,
    country: ["America/Managua"],
    areas: {},
  },
  { code: "211", checked: CHECKED, source: `${TZ}; libphonenumber has Nairobi's`, country: ["Africa/Juba"], areas: {} },
  {
    code: "970",
    checked: CHECKED,
    source: `${TZ}; libphonenumber has Bucharest's`,
    country: ["Asia/Gaza", "Asia/Hebron"],
    areas: {},
  },
  {
    code: "383",
    checked: CHECKED,
    source: `${TZ}, which has no zone for Kosovo`,
    country: ["Europe/Belgrade"],
    areas: {},
  },
  {
    code: "247",
    checked: CHECKED,
    source: `${TZ}, which has no zone for Ascension`,
    country: ["Atlantic/St_Helena"],
    areas: {},
  },
];
