#include "modules/demo/names.hpp"

namespace patron::demo {
namespace {

constexpr Culture all_cultures[] = {
    {32, "Hamburg", "de", false, "Anna;Lena;Katharina;Sabine;Johanna;Greta;Franziska;Ulrike;Mia;Charlotte;Heike;Jördis;Theresa;Antje;Paula",
     "Lukas;Jonas;Matthias;Felix;Jörg;Sebastian;Holger;Paul;Moritz;Günther;Tilman;Henrik",
     "Schneider;Weber;Becker;Hoffmann;Schäfer;Krüger;Vogel;Lorenz;Böhm;Winkler;Großmann;Seidel;Brandt;Kühn;Ebert;Haas;Pohl;Röder;Thiele;Voß", ""},
    {7, "İstanbul", "tr", false, "Elif;Zeynep;Ayşe;Defne;Gülay;Nazlı;Selin", "Emre;Can;Mehmet;Barış;Ozan;Kerem", "Yılmaz;Demir;Şahin;Çelik;Aydın;Öztürk;Kılıç;Doğan", ""},
    {6, "Warszawa", "pl", false, "Agnieszka;Małgorzata;Zofia;Kasia;Jagoda;Hanna", "Paweł;Krzysztof;Michał;Wojciech;Tomasz", "Nowak;Wójcik;Mazur;Dudek;Pawlak;Sikora;Zając;Wróbel", ""},
    {6, "Porto", "pt-PT", false, "Inês;Beatriz;Mariana;Leonor;Catarina;Rita", "João;Tiago;Gonçalo;Rui;Duarte", "Silva;Ferreira;Magalhães;Carvalho;Brandão;Teixeira;Falcão;Simões", ""},
    {5, "Barcelona", "es", false, "Lucía;Núria;Carmen;Íñiga;Alba;Marta", "Jordi;Álvaro;Pau;Sergio;Íñigo", "García;Muñoz;Puig;Ibáñez;Serra;Núñez;Ortega", ""},
    {5, "Milano", "it", false, "Giulia;Chiara;Federica;Martina;Elisa", "Lorenzo;Matteo;Niccolò;Davide;Pietro", "Rossi;Ferrari;Colombo;D’Angelo;Marchetti;Bianchi;Greco", ""},
    {5, "Paris", "fr", false, "Camille;Élodie;Manon;Hélène;Zoé;Anaïs", "Julien;Rémi;Mathieu;Loïc;Noé", "Lefèvre;Moreau;Dubois;Garnier;Chevalier;Besson;Le Goff", ""},
    {6, "London", "en-GB", false, "Emily;Harriet;Imogen;Niamh;Fiona;Zadie", "Oliver;Hugh;Callum;Rory;Jasper", "Bennett;O’Connor;Whitfield;Campbell;Hargreaves;Sutton;Achebe", ""},
    {4, "New York", "en-US", false, "Madison;Grace;Ruth;Imani;Chloe", "Ethan;Marcus;Caleb;Andre;Wyatt", "Johnson;Ramirez;Goldberg;Washington;Kowalski;Hayes", ""},
    {4, "Київ", "uk", false, "Олена/olena;Ірина/iryna;Марія/mariia;Дарина/daryna;Софія/sofiia", "Андрій/andrii;Тарас/taras;Олексій/oleksii", "Шевченко/shevchenko;Коваленко/kovalenko;Бондаренко/bondarenko;Ткаченко/tkachenko;Лисенко/lysenko", ""},
    {3, "Αθήνα", "el", false, "Ελένη/eleni;Μαρία/maria;Κατερίνα/katerina;Δήμητρα/dimitra", "Γιώργος/giorgos;Νίκος/nikos;Δημήτρης/dimitris", "Παπαδόπουλος/papadopoulos;Οικονόμου/oikonomou;Γεωργίου/georgiou;Νικολάου/nikolaou",
     "Παπαδοπούλου/papadopoulou;Οικονόμου/oikonomou;Γεωργίου/georgiou;Νικολάου/nikolaou"},
    {3, "東京", "ja", true, "陽子/yoko;美咲/misaki;さくら/sakura;恵美/emi", "健太/kenta;大輔/daisuke;翔/sho", "佐藤/sato;鈴木/suzuki;高橋/takahashi;田中/tanaka;渡辺/watanabe", ""},
    {2, "서울", "ko", true, "지우/jiwoo;서연/seoyeon;민지/minji", "민준/minjun;현우/hyunwoo", "김/kim;박/park;최/choi;정/jung", ""},
    {2, "上海", "zh-Hans", true, "丽华/lihua;静/jing;雨欣/yuxin", "伟/wei;俊杰/junjie", "王/wang;李/li;陈/chen;刘/liu", ""},
    {4, "Mumbai", "en-IN", false, "Ananya;Priya;Kavita;Meera;Shreya", "Arjun;Rohan;Vikram;Sanjay", "Sharma;Iyer;Patel;Banerjee;Kulkarni;Menon", ""},
    {3, "القاهرة", "ar", false, "فاطمة/fatima;ليلى/layla;نور/nour;مريم/mariam", "أحمد/ahmed;عمر/omar;يوسف/youssef", "حسن/hassan;منصور/mansour;السيد/elsayed;خليل/khalil", ""},
    {2, "תל אביב", "he", false, "נועה/noa;תמר/tamar;שירה/shira", "יונתן/yonatan;אורי/uri", "כהן/cohen;לוי/levi;מזרחי/mizrahi", ""},
    {3, "Stockholm", "sv", false, "Åsa;Ebba;Linnéa;Maja", "Björn;Östen;Nils;Håkan", "Lindqvist;Åkesson;Nyström;Sjöberg;Ekdahl", ""},
    {3, "Amsterdam", "nl", false, "Sanne;Fenna;Lotte;Marijke", "Daan;Bram;Joost;Sjoerd", "de Vries;van den Berg;Jansen;Dijkstra;Hoekstra", ""},
    {3, "São Paulo", "pt-BR", false, "Luíza;Júlia;Tainá;Fernanda", "Thiago;Caio;Rafael;Luís", "Souza;Gonçalves;Araújo;Nascimento;Moraes", ""},
    {2, "Hà Nội", "vi", false, "Thu Trang;Ngọc Anh;Hương;Linh", "Minh;Quang;Đức", "Nguyễn;Trần;Phạm;Lê;Đỗ", ""},
    {2, "Lagos", "en-NG", false, "Chiamaka;Folake;Ngozi;Adaeze", "Tunde;Emeka;Chinedu", "Okafor;Adeyemi;Balogun;Eze;Okonkwo", ""},
};

constexpr std::string_view behind = "{street} {number}", before = "{number} {street}", comma = "{street}, {number}";

constexpr Town all_towns[] = {
    {"Berlin", "", "DE", "Europe/Berlin", "10115;10119;10243;10245;10405;10435;10437;10551;10623;10777;10827;10961;10967;10999;12043;12047;12049;12157;13187;13347;13353",
     "Kastanienallee;Oderberger Straße;Graefestraße;Weserstraße;Sonnenallee;Torstraße;Oranienstraße;Akazienstraße;Boxhagener Straße;Simon-Dach-Straße;Bergmannstraße;Pappelallee;Müllerstraße;Florastraße;Kantstraße;Goltzstraße;Maybachufer;Schönhauser Allee",
     behind, "0171 39200 dd;0176 040690 dd;0152 2881 7ddd;+49 171 39200dd;0049 176 040690dd", "030 23125 ddd;030/23125ddd;(030) 23125-ddd"},
    {"Hamburg", "", "DE", "Europe/Berlin", "20253;20357;22765;22303", "Osterstraße;Schulterblatt;Ottenser Hauptstraße;Mühlenkamp", behind, "0171 39200 dd;0176 040690 dd", "040 66969 ddd"},
    {"İstanbul", "", "TR", "Europe/Istanbul", "34425;34710;34353", "Bağdat Caddesi;İstiklal Caddesi;Moda Caddesi", "{street} No: {number}", "0501 234 5d dd", "0212 345 6d dd"},
    {"Warszawa", "", "PL", "Europe/Warsaw", "00-033;02-520;03-310", "ul. Nowy Świat;ul. Puławska;ul. Ząbkowska", behind, "512 345 ddd;+48 512 345 ddd", "22 123 45 dd"},
    {"Porto", "", "PT", "Europe/Lisbon", "4000-322;4050-290;4150-171", "Rua de Santa Catarina;Rua das Flores;Rua de Cedofeita;Avenida da Boavista", comma, "912 345 ddd", "22 339 0ddd"},
    {"Barcelona", "", "ES", "Europe/Madrid", "08003;08012;08036", "Carrer de Verdi;Passeig de Gràcia;Carrer d’Aribau", comma, "612 345 ddd", "93 234 5ddd"},
    {"Milano", "MI", "IT", "Europe/Rome", "20121;20144;20135", "Via Brera;Corso di Porta Ticinese;Via Tortona", comma, "312 345 6ddd", "02 1234 5ddd"},
    {"Paris", "", "FR", "Europe/Paris", "75003;75011;75018", "rue Oberkampf;rue des Martyrs;boulevard Voltaire", before, "06 12 34 dd dd", "01 99 00 dd dd"},
    {"London", "", "GB", "Europe/London", "E8 4AA;N1 2XD;SE15 4QL;NW5 1TL", "Mare Street;Upper Street;Bellenden Road;Fortess Road", before, "07400 123ddd;+44 7400 123ddd", "020 7946 0ddd"},
    {"New York", "NY", "US", "America/New_York", "10003;11211;11238", "Bedford Avenue;East 9th Street;Vanderbilt Avenue", before, "(212) 555-01dd;+1 212-555-01dd", "(212) 555-01dd"},
    {"Київ", "", "UA", "Europe/Kyiv", "01030;04070", "вул. Ярославів Вал;вул. Сагайдачного", comma, "050 123 4ddd", "044 123 4ddd"},
    {"Αθήνα", "", "GR", "Europe/Athens", "106 81;117 43", "Σόλωνος;Βεΐκου", behind, "691 234 5ddd", "21 2345 6ddd"},
    {"東京", "東京都", "JP", "Asia/Tokyo", "150-0041;106-0032", "渋谷区神南;港区六本木", behind, "090-1234-5ddd", "03-1234-5ddd"},
    {"서울", "", "KR", "Asia/Seoul", "04524;06035", "세종대로;가로수길", behind, "010-2000-0ddd", "02-312-3ddd"},
    {"上海", "", "CN", "Asia/Shanghai", "200031;200040", "武康路;南京西路", "{street}{number}号", "131 2345 6ddd", "131 2345 6ddd"},
    {"Mumbai", "MH", "IN", "Asia/Kolkata", "400050;400026", "Hill Road;Peddar Road", before, "081234 56ddd", "081234 56ddd"},
    {"القاهرة", "", "EG", "Africa/Cairo", "11511;11211", "شارع طلعت حرب;شارع 26 يوليو", behind, "0100 123 4ddd", "02 3456 7ddd"},
    {"תל אביב", "", "IL", "Asia/Jerusalem", "6473921;6688102", "שדרות רוטשילד;דיזנגוף", behind, "050-234-5ddd", "050-234-5ddd"},
    {"Stockholm", "", "SE", "Europe/Stockholm", "116 46;113 30", "Götgatan;Odengatan", behind, "070-174 06 dd", "08-465 004 dd"},
    {"Amsterdam", "", "NL", "Europe/Amsterdam", "1015 CJ;1072 XC", "Prinsengracht;Ceintuurbaan", behind, "06 1234 5ddd", "020 123 4ddd"},
    {"São Paulo", "SP", "BR", "America/Sao_Paulo", "01310-100;05407-002", "Avenida Paulista;Rua dos Pinheiros", comma, "(11) 96123-4ddd", "(11) 2345-6ddd"},
    {"Hà Nội", "", "VN", "Asia/Ho_Chi_Minh", "100000", "phố Hàng Bông;phố Tràng Tiền", before, "091 234 56 dd", "091 234 56 dd"},
    {"Lagos", "", "NG", "Africa/Lagos", "101233;106104", "Awolowo Road;Admiralty Way", before, "0802 123 4ddd", "0802 123 4ddd"},
};

constexpr Firm all_firms[] = {
    {"Hotel Lindenhof GmbH", "Berlin", "lindenhof.example", "hotel"},
    {"Theater am Nordufer", "Berlin", "nordufer-theater.example", "stage"},
    {"Agentur Halbmond", "Berlin", "halbmond.example", "agency"},
    {"Kranich Film GmbH", "Berlin", "kranichfilm.example", "film"},
    {"Brautatelier Weißdorn", "Berlin", "weissdorn.example", "bridal"},
    {"Modehaus Falkenried", "Hamburg", "falkenried.example", "fashion"},
    {"Yoga Loft Kreuzberg", "Berlin", "yogaloft.example", "sport"},
    {"Ballettschule Arabesque", "Berlin", "arabesque.example", "stage"},
    {"Kanzlei Brandt & Okonkwo", "Berlin", "brandt-okonkwo.example", "law"},
    {"Castingbüro Avalon", "Berlin", "avalon-casting.example", "agency"},
    {"Café Zimtstern", "Berlin", "zimtstern.example", "food"},
    {"Spreeblick Eventlocation", "Berlin", "spreeblick.example", "venue"},
    {"Gut Havelaue Hochzeiten", "Berlin", "havelaue.example", "venue"},
    {"Northlight Pictures Ltd", "London", "northlight.example", "film"},
    {"Maison Corail", "Paris", "maisoncorail.example", "fashion"},
    {"Estúdio Maré Lda", "Porto", "estudiomare.example", "film"},
    {"Casa Olivella S.L.", "Barcelona", "olivella.example", "venue"},
    {"Atelier Fontanella", "Milano", "fontanella.example", "fashion"},
    {"株式会社あかり", "東京", "akari.example", "agency"},
    {"Kancelaria Mazur i Wspólnicy", "Warszawa", "mazur.example", "law"},
    {"Startup Nebula AI GmbH", "Berlin", "nebula.example", "office"},
    {"Zahnarztpraxis Dr. Seidel", "Berlin", "praxis-seidel.example", "office"},
    {"Öztürk Catering", "Berlin", "oezturk-catering.example", "food"},
    {"Galerie Blaue Stunde", "Berlin", "blauestunde.example", "venue"},
    {"Radio Eule", "Berlin", "radioeule.example", "agency"},
    {"Verlag Sturm & Söhne", "Berlin", "sturm-soehne.example", "office"},
    {"Nordström & Ek AB", "Stockholm", "nordstrom-ek.example", "fashion"},
    {"Tulp Producties B.V.", "Amsterdam", "tulp.example", "film"},
};

}  // namespace

std::span<Culture const> cultures() { return all_cultures; }
std::span<Town const> towns() { return all_towns; }
std::span<Firm const> firms() { return all_firms; }

}  // namespace patron::demo
