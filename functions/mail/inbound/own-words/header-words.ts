/** The names of header fields as clients write them above a quotation, in lower case; a name of two words has one space. */
const FROM =
  "from|द्वारा|von|de|da|van|från|fra|lähettäjä|od|от|від|kimden|gönderen|差出人|送信者|送信元|发件人|發件人|寄件者|寄件人|发信人|보낸 사람|보낸사람|보낸이|발신|발신자|מאת|من|المرسل|feladó|de la|expeditor|από|αποστολέας|từ|người gửi|จาก|ผู้ส่ง|dari|daripada|pengirim|saatja|nuo|no|šalje|šalje se|pošiljatelj|pošiljalac|от кого|remitente|expéditeur|mittente|absender|afzender|avsändare|afsender|avsender|remetente|odesílatel|odosielateľ|nadawca|فرستنده|از|प्रेषक|से|lähettänyt|nga|sūtītājs|siuntėjas|подател|отправитель|відправник|пошиљалац|од";
const DATE =
  "sent|sent at|sent on|date|date sent|gesendet|gesendet am|datum|envoyé|envoyée|envoyé le|date d'envoi|date d’envoi|enviado|enviado el|enviado em|enviada|enviada em|enviado a las|fecha|data|inviato|inviato il|inviata|data invio|verzonden|verzonden op|skickat|skickat den|sendt|sendt den|dato|lähetetty|päivämäärä|päiväys|pvm|wysłano|wysłane|wysłany|odesláno|odoslané|отправлено|дата|gönderildi|gönderilme|gönderilme tarihi|gönderme tarihi|gönderim tarihi|tarih|送信日時|送信日|日付|日時|日期|发送时间|發送時間|发送日期|發送日期|寄件日期|傳送時間|传送时间|时间|時間|보낸 날짜|보낸날짜|보낸 시간|날짜|일시|נשלח|נשלח ב|תאריך|تاريخ|التاريخ|تاريخ الإرسال|تم الإرسال|أرسلت|أُرسلت|مرسل|الإرسال|elküldve|küldve|dátum|trimis|trimisă|trimis la|надіслано|στάλθηκε|εστάλη|ημερομηνία|đã gửi|ngày|ngày gửi|gửi lúc|ส่ง|ส่งเมื่อ|วันที่|dikirim|tanggal|terkirim|dihantar|tarikh|saadetud|kuupäev|išsiųsta|nosūtīts|nosūtīta|datums|poslano|poslato|изпратено|изпратен|послано|enviat|enviat el|ارسال شده|تاریخ|زمان|भेजा गया|दिनांक|sent date";
const TO =
  "to|an|à|a|para|per|per a|aan|naar|till|til|vastaanottaja|do|pro|komu|кому|kime|alıcı|宛先|收件人|收件者|收信人|받는 사람|받는사람|받는이|받은 사람|수신|수신자|אל|إلى|المستلم|címzett|către|catre|προς|đến|tới|người nhận|ถึง|ผู้รับ|kepada|untuk|adressaat|saaja|kam|gavėjas|adresāts|prima|za|primatelj|до|получател|به|گیرنده|प्रति|को|destinataire|destinatario|destinatário|empfänger|geadresseerde|mottagare|modtager|mottaker|odbiorca|příjemce|príjemca|cc|bcc|cc à|kopie|kopi|kopia|kopio|copie|copie à|cópia|copia|копия|копія|抄送|抄送至|抄送人|副本|密件抄送|참조|עותק|נמענים|نسخة|نسخة إلى|másolat|kópia|κοιν|κοινοποίηση|bilgi|đồng gửi|สำเนา|tembusan|koopia|kopija|копие|رونوشت";
const SUBJECT =
  "subject|betreff|betr|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|konu|件名|主题|主題|主旨|標題|标题|제목|נושא|الموضوع|موضوع|tárgy|subiect|θέμα|chủ đề|tiêu đề|เรื่อง|หัวเรื่อง|perihal|subjek|subyek|perkara|teema|tema|temats|zadeva|относно|предмет|assumpte|विषय|thema";
/** Fields that say nothing of whose mail it is. */
const OTHER =
  "reply-to|reply to|antwort an|répondre à|responder a|rispondi a|beantwoorden|svar til|svara till|respuesta|importance|wichtigkeit|importancia|importância|importanza|urgentie|prioritet|prioritetti|priorität|priorité|prioridad|prioridade|priorità|prioriteit|priority|ważność|důležitost|важность|важливість|önem|重要度|重要性|중요도|חשיבות|الأهمية|attachments|attachment|anlagen|anlage|pièces jointes|pièce jointe|adjuntos|datos adjuntos|anexos|allegati|bijlagen|bijlage|bilagor|vedlegg|liitteet|załączniki|вложения|添付ファイル|附件|첨부|첨부파일|organization|organisation|sensitivity|vertraulichkeit|flag status|categories|kategorien|resent-from|sender|gesendet von|im auftrag von|on behalf of|mailed-by|signed-by|message-id|newsgroups|gesendet von|please respond to|bitte antworten an|veuillez répondre à|delivered-to|list-id|security|in reply to|x-mailer|user-agent|expires|size|follow up flag|conversation|mailing list|list|thread-topic|thread-index|auto-submitted|return-path|content-type|mime-version|account|ablaufdatum|größe";

/** What clients write above a block of fields, without dashes around it. */
export const ORIGINAL_MESSAGE =
  /^(?:original (?:message|email)|reply message|antwort nachricht|originalnachricht|ursprüngliche (?:nachricht|e-mail)|message d['’]origine|message original|mensaje original|messaggio originale|mensagem original|missatge original|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|(?:wiadomość oryginalna|oryginalna wiadomość)|původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|mesaj original|исходное сообщение|вихідне повідомлення|оригинално съобщение|αρχικό μήνυμα|orijinal (?:ileti|mesaj)|הודעה מקורית|الرسالة الأصلية|元のメッセージ|原始(?:邮件|郵件|信件)|원본 메시지|forwarded message|weitergeleitete nachricht|tin nhắn gốc|pesan asli)$/iu;

export type HeaderField = "from" | "date" | "to" | "subject" | "other";

const listNames = (field: HeaderField, names: string): [string, HeaderField][] =>
  names.split("|").map((name) => [name, field]);

/** A name may mean one thing in one language and another in the next ("a", "do", "no"): later ones do not take over. */
export const FIELDS: ReadonlyMap<string, ReadonlySet<HeaderField>> = [
  ...listNames("from", FROM),
  ...listNames("date", DATE),
  ...listNames("to", TO),
  ...listNames("subject", SUBJECT),
  ...listNames("other", OTHER),
].reduce(
  (fields, [name, field]) => fields.set(name, new Set([...(fields.get(name) ?? []), field])),
  new Map<string, Set<HeaderField>>(),
);
