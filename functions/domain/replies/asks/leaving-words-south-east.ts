import type { LeavingWords } from "./leaving-words-en-de.ts";

/** Bulgarian, Vietnamese and Indonesian. Vietnamese stands without its accents: "đừng" and "dừng" are one word there. */
const bg: LeavingWords = {
  me: "(ме|мене|ни|нас|(моя|моят|този|тази|нашия|нашият) (имейл|мейл|адрес|профил|акаунт)@|(имейл |мейл |)(адреса|имейла|мейла|името|данните|профила|акаунта) (ми|ни))",
  ours: "((от|на|до|за|тези|този|тази|вашите|вашия|вашата|вашият|повече|никакви|всички|с|нови|други|още|си|ви) )*(имейли|имейлите|имейл|мейли|мейлите|писма|писмата|съобщения|съобщенията|уроци|уроците|курс|курса|бюлетин|бюлетина|списък|списъка|абонамент|абонамента|новини|регистрацията|базата|системата|спам)( ви| си| ми| от вас|)*",
  end: "моля|благодаря|мерси|веднага|защото|тъй|понеже|а|и|но|нямам|поздрави|от вас|вече",
  asks: [
    "(отпишете|отпиши|изключете|изключи|махнете|махни|изтрийте|изтрий|премахнете|премахни|заличете|извадете|извади|свалете|отстранете|отабонирайте) (моля |веднага )*{me}( {ours}|) ?#",
    "(бихте|може@|моля|искам|желая) (ли )?(да )?(ме|ни) (отпис@|отпиш@|премах@|махн@|изтри@|изключ@|извад@)",
    "(моля|искам|желая|бих искал|бих искала|настоявам|държа) (да )?(изтриете|премахнете|махнете|заличите) {me}",
    "(искам|желая|бих искал|бих искала|предпочитам|реших|ще) (да )?се (отпиша|отпишем|откажа от {ours})",
    "(искам|желая|бих искал|бих искала|моля) (да )?(прекратя|прекратите|спра|спрете|откажа|отменя|анулирам|прекратим) {ours} ?#",
    "(прекратете|спрете|откажете|анулирайте|отменете|спри) (моля |веднага )*{ours} ?#",
    "(отписвам се|отказвам се от {ours}|прекратявам {ours}) ?#",
    "не (искам|желая|бих искал|бих искала|искаме|желаем)( вече| повече|)* (да )?(получавам|получаваме|чета|ми пращате|ми изпращате)( вече| повече| от вас|)* {ours}",
    "(спрете|престанете|спри|престани) (вече |моля |да |с )*(ми |ни )*(пращате|изпращате|пишете|пращаш|{ours})( {ours}|) ?#",
    "не (ми|ни) (пращайте|изпращайте|пишете|пращай|изпращай) ?(вече|повече|нищо|{ours}|#)",
  ],
  alone: [
    "(отписване|отписване {ours}|прекратяване на {ours}|(никакви|стига) (вече |повече )*{ours})",
    "(моля )?(отпишете|отпиши) (ме|ни)( {ours}|)",
  ],
  short: ["(стига|стоп|край|спрете|отказвам се|достатъчно|махнете ме|прекратете)( вече| моля|)"],
  because: ["(нямам|не съм|никога не|твърде|сменям|смених|благодаря|мерси|съжалявам|за съжаление|вече не) *"],
  and: "и|но|а|защото|затова|обаче",
  never: [
    "не (ме|ни) (отписвай|махай|изтривай|премахвай|изключвай)@",
    "не (искам|желая|смятам|мисля) (да )?(се )?(отпиша|отписвам|откажа|прекратя|спра|изляза)|не спирай@",
    "(клиентът|клиента|шефът|шефа|колегата|колежката|началникът|мениджърът|директорът|екипът)( |$)",
    "(каза|казах|попита|попитах|помоли|помолих|написа|писах)( |$)",
  ],
  maybe: [
    "^(как|къде|кога|защо|има ли|какво) ",
    "може би|вероятно|чудя се|мисля да|обмислям|не съм сигур@",
    "(^|,) ?(ако|дали) ",
  ],
  mentions: ["отписване@|отпиша|отпишете|прекрат@ {ours}"],
  all: ["(всички|всичко|никакви|всякакви) *(имейли|писма|данни|данните|съобщения)|лични@ данни|завинаги"],
};

const vi: LeavingWords = {
  me: "(toi|minh|em|chung toi|(dia chi|email|ten|thong tin|tai khoan|du lieu)( email| mail|)( cua|) (toi|minh|em|chung toi|nay))",
  ours: "((cac|nhung|moi|them|bat ky|tat ca) )*(email|mail|thu|ban tin|tin nhan|khoa hoc|bai hoc|danh sach|dang ky|nhan tin|nhan thu|he thong|cac ban)( nay| cua ban| nua| nhan thu| gui thu| email| nhan| mail| nao|)*",
  end: "cam on|xin|vui long|nua|giup|nhe|ngay|vi|toi|tran trong|cho",
  asks: [
    "(vui long|lam on|xin|hay|giup|nho ban|de nghi|yeu cau|toi muon|toi can|minh muon|em muon|cho toi|chung toi muon|cho minh) (hay |giup |toi |ban |duoc )*(huy|ngung|cham dut|ket thuc|rut|dung) (viec |toan bo )*(dang ky|nhan {ours}|gui {ours}|gui thu|theo doi|khoi {ours}|khoa hoc|tham gia {ours})",
    "(xoa|go|go bo|loai|loai bo|bo|dua|rut) {me} (ra )?khoi {ours}",
    "^(huy|ngung) (dang ky|nhan {ours})( (nay|cua toi|khoa hoc|giup toi|giup minh|ban tin))* ?#",
    "khong (con )?(muon|can|co nhu cau|quan tam)( nhan| doc| den|)( duoc| them| bat ky|)* {ours}",
    "(dung|ngung|cham dut) (viec )?(gui|lien he|lam phien) (them |{ours} |nua |cho )*(toi|minh|em|chung toi|nao nua|nua) ?#",
    "(dung|ngung) (viec )?gui (them )?{ours} ?#",
  ],
  alone: [
    "(huy dang ky|ngung nhan|khong nhan nua|huy nhan (tin|thu|email)|toi muon huy|rut ten|huy theo doi)( giup toi|)",
  ],
  short: ["(dung lai|huy|khong quan tam|ngung lai)( nhe| di|)"],
  because: ["(cam on|xin loi|toi khong co|toi chua|rat tiec) *"],
  and: "va|nhung|vi|nen",
  never: [
    "dung (co )?(huy|xoa|ngung|go)( |$)|dung dung (gui|lai)",
    "khong (muon|dinh|can) (huy|ngung|rut)( |$)",
    "(khach hang|dong nghiep|sep|anh ay|co ay) (@ )?(@ )?(bao|yeu cau|da huy|huy|muon|ngung)( |$)|bao toi( |$)",
  ],
  maybe: [
    "^(lam sao|lam the nao|o dau|khi nao|tai sao|co cach nao) ",
    "co le|dang nghi|khong chac|(^|,) ?neu ",
  ],
  mentions: ["huy dang ky|ngung nhan|rut khoi {ours}"],
  all: ["(tat ca|toan bo) (cac )?(email|thu|ban tin|du lieu|danh sach)|du lieu ca nhan"],
};

const id: LeavingWords = {
  me: "(saya|aku|kami|(alamat |)(email|surel|nama|akun|data|alamat|nomor)( email|) (saya|kami|ini|aku)|emailku|namaku|alamatku)",
  ours: "((semua|ini|itu|lagi|lebih|milis|pengiriman|daftar|kursus) )*(email|surel|surat|pesan|milis|daftar|kursus|pelajaran|buletin|newsletter|langganan|berlangganan|mailing list|database|sistem|kiriman)( (ini|itu|lagi|anda|kalian|saya|email|penerima|surat|milis))*",
  end: "terima kasih|makasih|tolong|mohon|ya|segera|sekarang|karena|saya|salam|dan|lagi|dong",
  asks: [
    "(hapus|hapuskan|keluarkan|coret|hilangkan|copot|cabut) (tolong |segera )*{me}( dari {ours}|) ?#",
    "(tolong|mohon|harap|saya (ingin|mau|hendak|minta)|kami (ingin|mau)|bisakah|dapatkah|aku (ingin|mau)) (untuk |segera |anda |agar )*(berhenti (ber)?langganan|unsubscribe|(batalkan|membatalkan|hentikan|menghentikan|akhiri|mengakhiri|stop|setop) {ours}|(keluar|mundur|berhenti) dari {ours}|berhenti menerima {ours})",
    "^(batalkan|hentikan|akhiri|stop|setop) (tolong |semua )*{ours} ?#",
    "^(saya |kami |aku )?berhenti (ber)?langganan( {ours}| sekarang|) ?#",
    "(tidak|tak|nggak|gak|ga) (lagi )?(mau|ingin|berminat|perlu|butuh)( lagi|) (menerima |dapat |mendapat |membaca )?(lagi )?{ours}",
    "(jangan|stop|berhenti|setop|tidak usah) (lagi )?(kirim|kirimi|kirimkan|mengirim|mengirimi|hubungi) (saya |kami |aku )?({ours} )?(lagi )?(ke |kepada )?(saya|kami|aku|lagi|#)",
  ],
  alone: [
    "(berhenti berlangganan|berhenti langganan|keluar dari {ours}|batal langganan|stop langganan)( ya| saya|)",
  ],
  short: [
    "(berhenti|cukup|sudah cukup|hentikan|tidak berminat|tidak tertarik|batalkan|keluar)( ya| lagi| saya|)",
  ],
  because: ["(terima kasih|maaf|saya tidak|saya sudah|terlalu|saya sibuk|saya pindah|karena) *"],
  and: "dan|tapi|tetapi|karena|jadi|namun",
  never: [
    "jangan (hapus|keluarkan|batalkan|hentikan|berhenti|coret)@",
    "(tidak|tak|nggak|gak|ga) (ingin|mau|berniat|akan) (berhenti|keluar|membatalkan)@",
    "(pelanggan|klien|bos|atasan|rekan|kolega|tim|manajer) (saya |kami |kita |itu )?(menyuruh|meminta|bilang|mau|ingin|berhenti|membatalkan)@",
  ],
  maybe: [
    "^(bagaimana|gimana|di mana|kapan|kenapa|apakah) ",
    "mungkin|barangkali|sedang berpikir|belum yakin|(^|,) ?(jika|kalau|apabila) ",
  ],
  mentions: ["berhenti (ber)?langganan|keluar dari (milis|kursus|daftar)"],
  all: ["(semua|seluruh) (data|email|milis|surel|langganan)|data pribadi"],
};

export const LEAVING_SOUTH_EAST = { bg, vi, id };
