/**
 * Made by `npm run zones`, not by hand: every time zone's clock from 2026 on, by the tz database (public domain).
 * `CLOCKS`: a rule as `clock-rule.ts` reads it, a bar, and the zones whose clocks follow it. `LINKS`: a zone, a bar, and
 * other names of it.
 */
export const TZ_VERSION = "2026f";

export const CLOCKS = `
-120/-60,3.5.0+-60/-120,10.5.0+0|America/Nuuk America/Scoresbysund
-120|America/Noronha Atlantic/South_Georgia
-180/-120,3.2.0+120/-180,11.1.0+120|America/Miquelon
-180/-180,9.1.6+1440/-240,4.1.6+1440|America/Santiago
-180|America/Araguaina America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Asuncion America/Bahia America/Belem America/Cayenne America/Coyhaique America/Fortaleza America/Maceio America/Montevideo America/Paramaribo America/Punta_Arenas America/Recife America/Santarem America/Sao_Paulo Antarctica/Palmer Antarctica/Rothera Atlantic/Stanley
-210/-150,3.2.0+120/-210,11.1.0+120|America/St_Johns
-240/-180,3.2.0+120/-240,11.1.0+120|America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda
-240|America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon America/Boa_Vista America/Campo_Grande America/Caracas America/Cuiaba America/Curacao America/Dominica America/Grenada America/Guadeloupe America/Guyana America/Kralendijk America/La_Paz America/Lower_Princes America/Manaus America/Marigot America/Martinique America/Montserrat America/Port_of_Spain America/Porto_Velho America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola
-300/-240,3.2.0+120/-300,11.1.0+120|America/Detroit America/Grand_Turk America/Indiana/Indianapolis America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Iqaluit America/Kentucky/Louisville America/Kentucky/Monticello America/Nassau America/New_York America/Port-au-Prince America/Toronto
-300/-300,9.1.6+1320/-360,4.1.6+1320|Pacific/Easter
-300@29549100:-240@30426060:-300/-240,3.2.0+0/-300,11.1.0+60|America/Havana
-300|America/Atikokan America/Bogota America/Cancun America/Cayman America/Eirunepe America/Guayaquil America/Jamaica America/Lima America/Panama America/Rio_Branco
-360/-300,3.2.0+120/-360,11.1.0+120|America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Matamoros America/Menominee America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga America/Rankin_Inlet America/Resolute
-360@29549280:-300|America/Winnipeg
-360|America/Bahia_Banderas America/Belize America/Chihuahua America/Costa_Rica America/El_Salvador America/Guatemala America/Managua America/Merida America/Mexico_City America/Monterrey America/Regina America/Swift_Current America/Tegucigalpa Pacific/Galapagos
-420/-360,3.2.0+120/-420,11.1.0+120|America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Denver
-420@29549340:-360|America/Edmonton America/Inuvik
-420|America/Creston America/Dawson America/Dawson_Creek America/Fort_Nelson America/Hermosillo America/Mazatlan America/Phoenix America/Whitehorse
-480/-420,3.2.0+120/-480,11.1.0+120|America/Los_Angeles America/Tijuana
-480@29549400:-420|America/Vancouver
-480|Pacific/Pitcairn
-540/-480,3.2.0+120/-540,11.1.0+120|America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat
-540|Pacific/Gambier
-570|Pacific/Marquesas
-60/0,3.5.0+0/-60,10.5.0+60|Atlantic/Azores
-600/-540,3.2.0+120/-600,11.1.0+120|America/Adak
-600|Pacific/Honolulu Pacific/Rarotonga Pacific/Tahiti
-60|Atlantic/Cape_Verde
-660|Pacific/Midway Pacific/Niue Pacific/Pago_Pago
0/0,10.5.0+120/60,3.5.0+60|Europe/Dublin
0/120,3.5.0+60/0,10.5.0+180|Antarctica/Troll
0/60,3.5.0+60/0,10.5.0+120|Atlantic/Canary Atlantic/Faroe Atlantic/Madeira Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/Lisbon Europe/London
0|Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena UTC
120/180,3.4.4+1560/120,10.5.0+120|Asia/Jerusalem
120/180,3.5.0+0/120,10.5.0+0|Asia/Beirut
120/180,3.5.0+180/120,10.5.0+240|Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius
120/180,4.5.5+0/120,10.5.4+1440|Africa/Cairo
120@29577600:180@29879940:120@30101760:180@30414180:120@30625920:180@30938340:120@31150080:180@31462500:120@31684320:180@31986660:120@32208480:180@32510820:120@32732640:180@33045060:120@33256800:180@33569220:120@33780960:180@34093380:120@34305120:180@34617540:120@34839360:180@35131620:120@35363520:180@35645700:120/180,3.4.4+3000/120,10.4.4+3000|Asia/Gaza Asia/Hebron
120|Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane Africa/Tripoli Africa/Windhoek Europe/Kaliningrad
180|Africa/Addis_Ababa Africa/Asmara Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Damascus Asia/Kuwait Asia/Qatar Asia/Riyadh Europe/Istanbul Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol Europe/Volgograd Indian/Antananarivo Indian/Comoro Indian/Mayotte
210|Asia/Tehran
240|Asia/Baku Asia/Dubai Asia/Muscat Asia/Tbilisi Asia/Yerevan Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk Indian/Mahe Indian/Mauritius Indian/Reunion
270|Asia/Kabul
300|Antarctica/Mawson Antarctica/Vostok Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Samarkand Asia/Tashkent Asia/Yekaterinburg Indian/Kerguelen Indian/Maldives
330|Asia/Colombo Asia/Kolkata
345|Asia/Kathmandu
360|Asia/Bishkek Asia/Dhaka Asia/Omsk Asia/Thimphu Asia/Urumqi Indian/Chagos
390|Asia/Yangon Indian/Cocos
420|Antarctica/Davis Asia/Bangkok Asia/Barnaul Asia/Ho_Chi_Minh Asia/Hovd Asia/Jakarta Asia/Krasnoyarsk Asia/Novokuznetsk Asia/Novosibirsk Asia/Phnom_Penh Asia/Pontianak Asia/Tomsk Asia/Vientiane Indian/Christmas
480|Antarctica/Casey Asia/Brunei Asia/Hong_Kong Asia/Irkutsk Asia/Kuala_Lumpur Asia/Kuching Asia/Macau Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Ulaanbaatar Australia/Perth
525|Australia/Eucla
540|Asia/Chita Asia/Dili Asia/Jayapura Asia/Khandyga Asia/Pyongyang Asia/Seoul Asia/Tokyo Asia/Yakutsk Pacific/Palau
570|Australia/Darwin
60/120,3.5.0+120/60,10.5.0+180|Africa/Ceuta Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich
600|Antarctica/DumontDUrville Asia/Ust-Nera Asia/Vladivostok Australia/Brisbane Australia/Lindeman Pacific/Chuuk Pacific/Guam Pacific/Port_Moresby Pacific/Saipan
60@29518680:0@29569080:60@29831100:0|Africa/Casablanca Africa/El_Aaiun
60|Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis
630/630,10.1.0+120/570,4.1.0+180|Australia/Adelaide Australia/Broken_Hill
660/660,10.1.0+120/600,4.1.0+180|Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Sydney
660/660,10.1.0+120/630,4.1.0+120|Australia/Lord_Howe
660|Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Pacific/Bougainville Pacific/Efate Pacific/Guadalcanal Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei
720/720,10.1.0+120/660,4.1.0+180|Pacific/Norfolk
720|Asia/Anadyr Asia/Kamchatka Pacific/Fiji Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru Pacific/Tarawa Pacific/Wake Pacific/Wallis
780/780,9.5.0+120/720,4.1.0+180|Antarctica/McMurdo Pacific/Auckland
780|Pacific/Apia Pacific/Fakaofo Pacific/Kanton Pacific/Tongatapu
825/825,9.5.0+165/765,4.1.0+225|Pacific/Chatham
840|Pacific/Kiritimati
`;

export const LINKS = `
Africa/Abidjan|Africa/Timbuktu Iceland
Africa/Cairo|Egypt
Africa/Nairobi|Africa/Asmera
Africa/Tripoli|Libya
America/Adak|America/Atka US/Aleutian
America/Anchorage|US/Alaska
America/Argentina/Buenos_Aires|America/Buenos_Aires
America/Argentina/Catamarca|America/Argentina/ComodRivadavia America/Catamarca
America/Argentina/Cordoba|America/Cordoba America/Rosario
America/Argentina/Jujuy|America/Jujuy
America/Argentina/Mendoza|America/Mendoza
America/Chicago|US/Central
America/Denver|America/Shiprock Navajo US/Mountain
America/Detroit|US/Michigan
America/Edmonton|America/Yellowknife Canada/Mountain
America/Halifax|Canada/Atlantic
America/Havana|Cuba
America/Indiana/Indianapolis|America/Fort_Wayne America/Indianapolis US/East-Indiana
America/Indiana/Knox|America/Knox_IN US/Indiana-Starke
America/Iqaluit|America/Pangnirtung
America/Jamaica|Jamaica
America/Kentucky/Louisville|America/Louisville
America/Los_Angeles|US/Pacific
America/Manaus|Brazil/West
America/Mazatlan|Mexico/BajaSur
America/Mexico_City|Mexico/General
America/New_York|US/Eastern
America/Noronha|Brazil/DeNoronha
America/Nuuk|America/Godthab
America/Panama|America/Coral_Harbour
America/Phoenix|US/Arizona
America/Puerto_Rico|America/Virgin
America/Regina|Canada/Saskatchewan
America/Rio_Branco|America/Porto_Acre Brazil/Acre
America/Santiago|Chile/Continental
America/Sao_Paulo|Brazil/East
America/St_Johns|Canada/Newfoundland
America/Tijuana|America/Ensenada America/Santa_Isabel Mexico/BajaNorte
America/Toronto|America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern
America/Vancouver|Canada/Pacific
America/Whitehorse|Canada/Yukon
America/Winnipeg|America/Rainy_River Canada/Central
Asia/Ashgabat|Asia/Ashkhabad
Asia/Dhaka|Asia/Dacca
Asia/Ho_Chi_Minh|Asia/Saigon
Asia/Hong_Kong|Hongkong
Asia/Jerusalem|Asia/Tel_Aviv Israel
Asia/Kathmandu|Asia/Katmandu
Asia/Kolkata|Asia/Calcutta
Asia/Macau|Asia/Macao
Asia/Makassar|Asia/Ujung_Pandang
Asia/Nicosia|Europe/Nicosia
Asia/Seoul|ROK
Asia/Shanghai|Asia/Chongqing Asia/Chungking Asia/Harbin PRC
Asia/Singapore|Singapore
Asia/Taipei|ROC
Asia/Tehran|Iran
Asia/Thimphu|Asia/Thimbu
Asia/Tokyo|Japan
Asia/Ulaanbaatar|Asia/Choibalsan Asia/Ulan_Bator
Asia/Urumqi|Asia/Kashgar
Asia/Yangon|Asia/Rangoon
Atlantic/Faroe|Atlantic/Faeroe
Australia/Adelaide|Australia/South
Australia/Brisbane|Australia/Queensland
Australia/Broken_Hill|Australia/Yancowinna
Australia/Darwin|Australia/North
Australia/Hobart|Australia/Currie Australia/Tasmania
Australia/Lord_Howe|Australia/LHI
Australia/Melbourne|Australia/Victoria
Australia/Perth|Australia/West
Australia/Sydney|Australia/ACT Australia/Canberra Australia/NSW
Europe/Berlin|Atlantic/Jan_Mayen
Europe/Chisinau|Europe/Tiraspol
Europe/Dublin|Eire
Europe/Istanbul|Asia/Istanbul Turkey
Europe/Kyiv|Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye
Europe/Lisbon|Portugal
Europe/London|Europe/Belfast GB GB-Eire
Europe/Moscow|W-SU
Europe/Warsaw|Poland
Pacific/Auckland|Antarctica/South_Pole NZ
Pacific/Chatham|NZ-CHAT
Pacific/Easter|Chile/EasterIsland
Pacific/Guadalcanal|Pacific/Ponape
Pacific/Honolulu|Pacific/Johnston US/Hawaii
Pacific/Kanton|Pacific/Enderbury
Pacific/Kwajalein|Kwajalein
Pacific/Pago_Pago|Pacific/Samoa US/Samoa
Pacific/Port_Moresby|Pacific/Truk Pacific/Yap
UTC|Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT Universal Zulu
`;
