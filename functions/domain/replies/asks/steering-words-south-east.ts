import type { SteeringWords } from "./steering-words.ts";

const bg: SteeringWords = {
  units: { "седмица|седмици": 7, "месец|месеца|месеци": 28, "ден|дни": 1 },
  numbers: [
    "един|една|1|за|цяла|цял",
    "два|две|2",
    "три|3",
    "четири|4",
    "пет|5",
    "шест|6",
    "седем|7",
    "осем|8",
    "девет|9",
    "десет|10",
    "единадесет|единайсет|11",
    "дванадесет|дванайсет|12",
  ],
  until: "до",
  vague:
    "(през|по време на|за|след) (празниците|ваканцията|отпуската|лятото|коледа|великден)|за известно време|за малко|временно|засега",
  pause: [
    "(спрете|спри|прекъснете|прекъсни|паузирайте|отложете) (временно |моля )*(курса|уроците|писмата|всичко) ?(за|до|през|временно)",
    "(направете|направи|искам|бих искал|бих искала|нужна ми е|трябва ми|правя|вземам|може ли|дайте ми) (да направя |малка |кратка |една )*(пауза|почивка)",
    "(паузирайте|паузирай|на пауза) ?(курса|уроците|{ours}|#)",
    "^(кратка |малка )?(пауза|почивка) (за|от|до|през) *",
  ],
  resume: [
    "(продължете|продължи|възобновете|възобнови|пуснете отново|започнете отново) (моля |отново |с )*(курса|уроците|писмата|изпращането)",
    "(искам|бих искал|бих искала|може|готов съм|готова съм) (да )(продължа|продължим|подновя) ?(курса|с курса|уроците|с уроците|#)",
  ],
  next: [
    "(изпратете|изпрати|пратете|прати|искам|дайте|дай|може ли|моля за) (ми |да получа |вече |сега )*(следващия|следващият|следващ|следващото) (урок|писмо)",
  ],
  slower: [
    "(изпращайте|пращайте|искам|може|бих искал|бих искала) (ми |ли |уроците |да е |да получавам |малко )*(по бавно|по рядко)",
    "(намалете|забавете) (темпото|скоростта|уроците)",
  ],
  faster: [
    "(изпращайте|пращайте|искам|може|бих искал|бих искала) (ми |ли |уроците |да е |да получавам |малко )*(по бързо|по често)",
    "(увеличете|ускорете) (темпото|скоростта|уроците)",
  ],
  journal: [
    "(изпратете|изпрати|пратете|прати|искам|дайте|може ли) (ми |да получа |да видя )*(моя |моят |своя )?(дневник|дневника|дневникът|записки|записките)( ми| си|)",
  ],
  help: ["(какви са|кои са) (командите|възможностите)@", "как (работи|се ползва) (това|курсът|курса)"],
  alone: {
    pause: "(малка |кратка )?(пауза|почивка)( сега|)|паузирай|паузирайте",
    resume: "(продължи|продължете|продължавам|продължаваме|нататък|възобнови|възобновете)( отново| сега|)",
    next: "следващ|следващия|следващият|следващ урок|следващият урок|следващия урок",
    slower: "(малко )?(по бавно|по рядко)",
    faster: "(малко )?(по бързо|по често)",
    journal: "(моят |моя )?(дневник|дневника|дневникът)( ми|)",
    help: "помощ|помогнете|команди|help",
  },
  nearly: [
    "(може би|мисля|чудя се|как) .{0,60}(пауза|почивка|прекъсна)",
    "(изпратете|пратете) .{0,20}(отново|пак)|не съм получ@",
  ],
};

const vi: SteeringWords = {
  units: { "tuần|tuan": 7, "tháng|thang": 28, "ngày|ngay": 1 },
  numbers: ["một|1", "hai|2", "ba|3", "bốn|4", "năm|5", "sáu|6", "bảy|7", "tám|8", "chín|9", "mười|10"],
  until: "đến|tới|cho đến|cho tới",
  vague:
    "(trong|suốt|qua|sau) (kỳ |dịp |mùa )*(nghỉ|lễ|tết|hè|nghỉ lễ|nghỉ hè|giáng sinh)|một thời gian|ít lâu|tạm thời",
  pause: [
    "(tạm dừng|tạm ngừng|tạm ngưng|tạm hoãn) (giúp tôi |cho tôi |việc gửi |gửi )*(khóa học|khoá học|các bài|bài học|bài|thư|email|hai|ba|một|[0-9]@|cho|đến|trong)",
    "(tôi |mình |em )?(muốn|cần|xin) (được )?(tạm dừng|tạm nghỉ|tạm ngừng|nghỉ một|nghỉ hai|nghỉ ba|nghỉ [0-9]@)@",
  ],
  resume: [
    "(tiếp tục|bắt đầu lại|gửi lại|khởi động lại) (giúp tôi |cho tôi |việc gửi |gửi )*(khóa học|khoá học|các bài|bài học|thư|email)",
    "(tôi |mình |em )(muốn|sẵn sàng) tiếp tục ?(khóa học|khoá học|học|#)",
  ],
  next: [
    "(gửi|cho) (ngay |giúp |cho |tôi |mình |em |xem )*(bài|bài học|phần|thư) (tiếp theo|kế tiếp|tiếp|sau)",
  ],
  slower: [
    "(gửi|học|đi) (cho tôi |bài |các bài )*(chậm hơn|thưa hơn|ít hơn)",
    "(giảm|chậm lại) (tốc độ|nhịp độ|nhịp)",
  ],
  faster: [
    "(gửi|học|đi) (cho tôi |bài |các bài )*(nhanh hơn|thường xuyên hơn|dày hơn)",
    "(tăng) (tốc độ|nhịp độ|nhịp)",
  ],
  journal: [
    "(gửi|cho) (ngay |giúp |cho |tôi |mình |em |xem )*(nhật ký|nhật kí|ghi chép)( của tôi| của mình|)",
  ],
  help: ["(có|những) (lệnh|lựa chọn) (nào|gì)", "khóa học (này )?hoạt động (như )?thế nào"],
  alone: {
    pause: "(tạm dừng|tạm ngừng|tạm nghỉ|tạm ngưng)( nhé| ạ| lại|)",
    resume: "(tiếp tục|học tiếp|tiếp)( nhé| ạ| đi|)",
    next: "(bài |bài học |phần )?(tiếp theo|kế tiếp)( nhé| ạ|)",
    slower: "(chậm hơn|chậm lại|thưa hơn)( một chút| chút| nhé| ạ|)",
    faster: "(nhanh hơn|nhanh lên)( một chút| chút| nhé| ạ|)",
    journal: "(nhật ký|nhật kí)( của tôi| của mình|)",
    help: "(trợ giúp|giúp đỡ|hướng dẫn|giúp tôi với|help)",
  },
  nearly: [
    "(có lẽ|có thể|đang nghĩ|làm sao|làm thế nào) .{0,60}(tạm dừng|tạm nghỉ|tạm ngừng)",
    "gửi lại (cho tôi )?(bài|thư)|chưa nhận được",
  ],
};

const id: SteeringWords = {
  units: { minggu: 7, bulan: 28, hari: 1 },
  numbers: [
    "satu|1|selama|se",
    "dua|2",
    "tiga|3",
    "empat|4",
    "lima|5",
    "enam|6",
    "tujuh|7",
    "delapan|8",
    "sembilan|9",
    "sepuluh|10",
  ],
  until: "sampai|hingga",
  vague:
    "(selama|saat|setelah|waktu) (liburan|libur|lebaran|ramadan|ramadhan|natal|cuti)|untuk sementara|sementara waktu|sebentar",
  pause: [
    "(jeda|jedakan|tunda|hentikan sementara|istirahatkan|liburkan) (dulu |saja |semua )*(kursus|pelajaran|email|surat|kiriman|selama|sampai|hingga|dua|tiga|satu|empat|[0-9]@)@",
    "(saya |aku )?(mau|ingin|butuh|perlu|minta) (ambil |mengambil )?(jeda|istirahat|rehat) ?(dulu|selama|sampai|dari|#|satu|dua|tiga|[0-9]@)",
  ],
  resume: [
    "(lanjutkan|teruskan|mulai lagi|mulai kembali|aktifkan kembali) (lagi |kembali |dengan )*(kursus|pelajaran|email|kiriman)@",
    "(saya |aku )(mau|ingin|siap) (lanjut|melanjutkan|meneruskan) ?(lagi|kursus@|pelajaran@|#)",
  ],
  next: [
    "(kirim|kirimkan|minta|mau|ingin|boleh) (saya |aku |kepada saya |sekarang |terima )*(pelajaran|surel|email|bagian|materi) (berikutnya|selanjutnya|berikut)",
  ],
  slower: [
    "(kirim|kirimkan|mau|ingin|bisa|tolong) (pelajaran@ |email |dengan )*(lebih (lambat|pelan|jarang))",
    "(perlambat|pelankan|kurangi) (lajunya|tempo@|kecepatan@|pelajaran@|kiriman@)",
  ],
  faster: [
    "(kirim|kirimkan|mau|ingin|bisa|tolong) (pelajaran@ |email |dengan )*(lebih (cepat|sering))",
    "(percepat|tambah) (lajunya|tempo@|kecepatan@|pelajaran@|kiriman@)",
  ],
  journal: [
    "(kirim|kirimkan|minta|mau|ingin) (saya |aku |lihat |kepada saya )*(jurnal|buku harian|catatan)( saya|ku|)",
  ],
  help: ["(apa saja|apa) (perintah|pilihan)@", "bagaimana (kursus )?(ini )?(bekerja|berjalan)"],
  alone: {
    pause: "(jeda|jedakan|istirahat|rehat)( dulu| sebentar| saja|)",
    resume: "(lanjut|lanjutkan|teruskan|mulai lagi)( lagi| ya|)",
    next: "(pelajaran |materi )?(berikutnya|selanjutnya)( ya|)",
    slower: "(sedikit )?lebih (lambat|pelan|jarang)( sedikit| ya|)",
    faster: "(sedikit )?lebih (cepat|sering)( sedikit| ya|)",
    journal: "(jurnal|buku harian)( saya|)",
    help: "(bantuan|bantu saya|petunjuk|help)",
  },
  nearly: [
    "(mungkin|barangkali|bagaimana) .{0,60}(jeda|istirahat dulu|rehat)",
    "(kirim|kirimkan) .{0,20}(ulang|sekali lagi)|belum (saya )?terima",
  ],
};

export const STEERING_SOUTH_EAST = { bg, vi, id };
