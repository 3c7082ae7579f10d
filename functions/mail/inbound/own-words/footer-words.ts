/** Devices, systems and mail apps that put a line under a mail, as their names begin, in lower case. */
export const PRODUCTS =
  "windowsin emailu email.cz iphon ipad ipod macbook imac mac galaxy samsung android xiaomi redmi poco huawei honor oneplus oppo vivo realme pixel blackberry nokia sony xperia motorola moto lg htc windows surface outlook yahoo gmail protonmail proton tutanota tuta spark gmx web.de webde freenet t-online aol hey superhuman fastmail k-9 k9 thunderbird bluemail typeapp mymail mail.ru яндекс yandex рамблер nine aquamail aqua fairemail edison airmail mailspring canary newton zoho front verizon at&t t-mobile tmobile orange vodafone telekom sfr libero seznam daum naver qq foxmail netease 网易 ios ipados wp workspace mailbird em emclient hotmail icloud apple vodacom o2 movistar claro tim hubspot missive shortwave boxer posteo mailbox.org ymail zimbra telia telenor rogers bell sprint cricket xfinity comcast uol bol terra onet interia virgilio tiscali wanadoo laposte bouygues freemail".split(
    " ",
  );

/** What such a line calls the machine where it does not name it. */
export const DEVICES = new Set(
  "älypuhelimesta älypuhelimella okostelefonomról készülékemről smartphones unterwegs phone mobile smartphone cellphone cell tablet handheld device watch pda handy mobiltelefon mobilgerät mobiltelefoni telefon telefonu telefonum telefonumdan téléphone portable mobile móvil movil celular teléfono telefono cellulare smartphonu smartfon smartfona smartfonu telefoon toestel mobieltje mobilen mobil mobilu mobiltelefonen puhelimesta puhelimeni puhelin kännykästä komórki мобильного мобільного телефона телефону смартфона устройства пристрою cihazımdan cihazdan készülékről mobilomról telefonomról κινητό נייד הנייד טלפון הטלפון هاتفي هاتف جوال جوالي موبایل گوشی ponsel điện thoại apparaat gerät".split(
    " ",
  ),
);

/** That it was sent, or is to be had. */
export const DEEDS = new Set(
  "lấy conquer erobern conquérez conquista conquiste sent laden ned získat získať beszerzése letöltése szerezze λήψη nabavite pridobite gaukite iegūstiet obteniu obtén gửi dihantar poslano poslato послато nosūtīts saadetud enviat भेजा شده provenance skickades lähetetty herunter send written typed composed get download try gesendet geschickt verfasst geschrieben verschickt hol hole holen laden lade herunterladen beziehen abrufen envoyé envoyée envoyés expédié écrit obtenir obtenez télécharger téléchargez enviado enviada enviados escrito mandado obtener obtén obten descargar descarga descargue consigue obter obtenha baixe baixar transferir inviato inviata scritto ottieni scarica verzonden verstuurd gestuurd geschreven ophalen haal krijg downloaden skickat skickad skickades skrivet hämta skaffa ladda sendt skrevet hent få last skaff lähetetty lähetti hanki lataa wysłano wysłane wysłany wysłana napisano pobierz zdobądź uzyskaj odesláno odesláno: odoslané odoslaná poslano poslané získejte získajte stáhněte stáhnout stiahnuť отправлено отправлена получить получите скачать скачайте надіслано надісланий отримайте отримати завантажити изпратено изпратен вземете изтеглете послато gönderildi gönderilmiştir edinin indirin alın yükleyin küldve elküldve küldték letöltés töltse szerezze beszerzése trimis trimisă trimise obțineți descărcați στάλθηκε εστάλη αποσταλμένο λήψη αποκτήστε κατεβάστε נשלח נשלחה קבל הורד קבלו הורידו أرسلت أُرسلت أرسل مرسل مرسلة مُرسل الإرسال الحصول احصل تنزيل ارسال فرستاده دریافت dikirim dikirimkan dapatkan unduh muat gửi tải nhận saadetud hankige išsiųsta gaukite nosūtīts iegūt prenesite preuzmite poslano enviat".split(
    " ",
  ),
);

/** What joins them, and what apps add of themselves. */
export const JOINTS = new Set(
  "mailista mailin tan ten tarafından akıllı rendszerre trên metro google u.s us cellular connect go outlookból hez virgin com aol sie sich iphone omról program aplikację aplikacji systemu be es alkalmazást az του για ios لنظام skirtą darbam ar ul meu imden ım im um dan đã được cho daripada s mog iz mojega са мог а sa a minu ist no mana des del meu मेरे से गया من از 2 3 an at t sprint sichere suchen organisieren erobern recherchez organisez conquérez busca organiza conquista courrier correo post epost e pošty pošta poczta posta sähköpostista sähköposti the most all new courriel мобильной мобильного почта sprhmn email cz ze emailu android lle ille n versione verzonden meiner meinem su op dispositivo unterwegs messagerie sécurisée sicheren sichere sicher segura seguro sicura beveiligde säker säkra sikker bezpieczna bezpiecznej zabezpečené biztonságos güvenli защищённой защищенной t online k 9 7 ru de יה מה ה cez omról ról ről jem om umdan from via with using on by in my the a an of to for and your secure encrypted email e-mail mail mails message app application client network lte 4g 5g free new version now powered plus pro mobile phone desktop beta air mini max ultra se xl fe edge note fold flip inc wireless smart device handset beautiful faster fast search organize conquer it von vom aus mit über auf für dem der den die das einem einer meinem meiner meine unterwegs diese nachricht wurde mobile mobilen nicht verschlüsselt de depuis du des d l un une mon ma mes à a au aux partir pour avec appareil messagerie application mobile desde do da dos el la los las mi mis un una con para meu minha o os em no na dispositivo correo correio aplicativo dal dalla dallo dall da dai il lo la i mio mia miei per con app posta dispositivo van vanaf vanuit met mijn een het de via voor mobiele apparaat från min mitt mina med för en ett till fra mi mit mitt deg dig med til for på ner minun -sta laitteesta käyttäen sovelluksella z ze za ze mojego mojej moich mego dla na pro mého mé mojí mobilního zařízení aplikace programu poczty urządzenia przez z môjho mojej pre zo с из со моего моей для на от через почты приложения з із від мого моєї для через пошти застосунку от моя моето за са са го мог sa mog svog za iz od izmed ile için cihazımdan benim kullanarak uygulamasından 'u u ı i ü az a egy egyik -omról -ról iphone-omról számomra alkalmazásból de pe din meu mea la pentru cu aplicația το την από με για μου το στο τη מ מה את שלי עבור באמצעות מאת של דרך من على ال الـ إلى تطبيق لـ ل جهازي جهاز خلال تم از با برای من ponsel saya dari untuk aplikasi từ của tôi cho bằng ứng dụng minu mano iš man no mans galaxy".split(
    " ",
  ),
);

const CHINESE_DEVICE =
  "iphone|ipad|ipod|mac|galaxy|android|outlook|yahoo!?|samsung|xiaomi|redmi|huawei|honor|vivo|oppo|realme|oneplus|windows|qq|foxmail|gmail|ios|小米|红米|华为|華為|荣耀|三星|苹果|蘋果|网易|新浪|手机|手機";
/** Between "sent from" and its end only such words stand: "from my customer's mailbox" is a reader's sentence. */
const CHINESE_TOKENS = `(?:我的?)?(?: ?(?:${CHINESE_DEVICE}|智能手机|智慧型手機|平板(?:电脑|電腦)?|邮箱(?:大师)?|信箱|客户端|邮件(?:应用)?|郵件(?:應用程式)?|版|版?的(?=邮|郵| )|for|app|mail|pro|max|plus|mini|ultra|\\d{1,3}[a-z+]{0,2}))+ ?`;
const KOREAN_TOKENS =
  "(?: ?(?:galaxy|갤럭시|메일 ?앱?|앱|폰|스마트폰|휴대폰|아이폰|for|용|ios|android|안드로이드|iphone|mail|pro|max|plus|ultra|\\d{1,3}[a-z+]{0,2}))*";
const THAI_TOKENS =
  "(?: ?(?:ของฉัน|ของผม|samsung|galaxy|android|ios|iphone|ipad|outlook|yahoo!?|mail|gmail|for|สำหรับ|บน|โทรศัพท์|มือถือ|สมาร์ทโฟน|แท็บเล็ต|แอป|pro|max|\\d{1,3}[a-z+]{0,2}))+";

/** In scripts without spaces, and lines of apps that fit no pattern; whole lines. */
export const WHOLE_FOOTERS = [
  new RegExp(
    `^(?=.*(?:${CHINESE_DEVICE}))(?:(?:发自|發自|发送自|發送自|傳送自|寄自|来自|來自)${CHINESE_TOKENS}|(?:从|從|由|自|通过|透過)${CHINESE_TOKENS}(?:发送|發送|传送|傳送|寄出))[。.]?$`,
    "iu",
  ),
  /^(?:获取|獲取|取得|下载|下載) ?(?:(?:适用于|適用於) ?)?(?:outlook (?:for )?(?:ios|android|mac|windows)|(?:ios|android|mac|windows) ?(?:版)? ?(?:的)? ?outlook)(?: ?版)?$/iu,
  /^(?:发送自|發送自|發自|发自|從|从) ?windows(?: ?1[01])? ?(?:版)?的?(?:邮件|郵件)(?:应用|應用程式)?(?: ?(?:傳送|发送))?$/iu,
  /^(?:ios|android|mac|windows)(?: ?1[01])? ?版(?:の)? ?(?:outlook ?を ?(?:入手|取得)|メールから送信)$/iu,
  /^windows(?: ?1[01])?용 메일에서 보냄$/iu,
  /^outlook (?:for )?(?:ios|android|mac|windows)(?: 版)? ?(?:を入手|をダウンロード|を取得|다운로드|받기|가져오기)(?:してください)?$/iu,
  /^(?:ios|android)용 outlook ?(?:다운로드|받기|가져오기)$/iu,
  /^(?:iphone|ipad|ipod|mac|galaxy|android|outlook|xperia|aquos|pixel|arrows|huawei|windows|gmail|yahoo!?メール|スマートフォン|携帯|スマホ|モバイル)(?: ?(?:for|版|の|メール|アプリ|スマートフォン|スマホ|タブレット|電話|ios|android|iphone|mac|windows|mail|pro|max|plus|yahoo!?|メール|\d{1,3}[a-z+]{0,2})){0,5} ?から(?:送信(?:しました|されました|しています)?|送られてきました)[。.]?$/iu,
  /^(?:android|iphone|ios)版 ?yahoo!?メールから送信$/iu,
  new RegExp(
    `^(?:나의|내|제)? ?(?:iphone|ipad|아이폰|galaxy|갤럭시|android|삼성|스마트폰|휴대폰|네이버|다음|outlook|yahoo!?)${KOREAN_TOKENS} ?(?:에서|으로|로) ?(?:보냄|보냈습니다|보낸 메일(?:입니다)?|보낸 메시지(?:입니다)?|전송됨|전송)[.]?$`,
    "iu",
  ),
  new RegExp(`^(?:ส่งจาก|รับ|ดาวน์โหลด|ติดตั้ง)${THAI_TOKENS}$`, "iu"),
  /^ref:[!_]?\w{4,}\S{0,60}:ref$/i,
  /^\[[A-Z0-9]{4,8}-[A-Z0-9]{3,6}\]$/,
  /^отправлено из (?:почты |приложения )?mail$/iu,
  /^this email is a service from .{1,60}\. delivered by zendesk\.?$/i,
  /^yahoo mail: search, organi[sz]e, conquer$/i,
  /^签名由[\p{L}\p{N} ]{1,20}定制$/u,
  /^(?:sent by|shared via) (?:nine|outlook|spark|superhuman|edison|missive|front)$/i,
  /^[-—–~ ]{0,4}sent (?:from|with) .{0,4}(?:👍|❤).{0,20}$/iu,
  /^(?:virus[- ]free|virenfrei|sans virus|libre de virus|libre de amenazas|livre de vírus|privo di virus|virusvrij|virusfri|wolny od wirusów|без вирусов|без вірусів)\.? ?(?:<?(?:https?:\/\/)?www\.\S{1,60}>?)?$/i,
];

/** "Excuse my brevity", behind the name of the device. */
export const EXCUSE =
  /(?<!\p{L})(?:excuse|pardon|forgive|typos?|brevity|terse|errors|mistakes|tippfehler|kürze|fautes|concision|errores|brevedad|erros|errori|tikfouten|stavfel|entschuldig\p{L}*|brièveté|concisione|brevità|kortfattethet)(?!\p{L})/iu;
