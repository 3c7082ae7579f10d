/**
 * What is agreed to in Spanish, French, Brazilian Portuguese and Dutch: by name, as in `consent-texts.ts`, and never
 * edited. The question whether others may read an answer stands in mails, too, and so apart: `voice-questions.ts`.
 */
export const MORE_CONSENT_TEXTS = {
  "sign-up-4-es":
    "Al apuntarse, usted pide a [owner] que le envíe este curso por correo: una bienvenida, [lessons] lecciones, respuestas a lo que escriba, de vez en cuando una mirada atrás a sus propias palabras, al final su diario y, donde este lo anuncie, mucho después una carta con sus propias palabras. Guardamos su dirección, sus ajustes y lo que escribe, para llevar el curso. Lo que escribe lo pueden leer [author] y la persona que lleva este sistema, y nadie más; no se vende nada. Puede darse de baja en cualquier momento con un clic; en su página puede descargarlo o borrarlo todo.",
  "sign-up-3-es":
    "Al apuntarse, usted pide a [owner] que le envíe este curso por correo: una bienvenida, [lessons] lecciones, respuestas a lo que escriba, de vez en cuando una mirada atrás a sus propias palabras y al final su diario. Guardamos su dirección, sus ajustes y lo que escribe, para llevar el curso. Lo que escribe lo pueden leer [author] y la persona que lleva este sistema, y nadie más; no se vende nada. Puede darse de baja en cualquier momento con un clic; en su página puede descargarlo o borrarlo todo.",
  "privacy-1-es":
    "Guardamos su dirección, sus ajustes y lo que escribe: para llevar el curso, y para nada más. [author] y la persona que lleva este sistema pueden leer las respuestas. No hay píxeles de seguimiento, y no se cuentan los clics. El correo en que llegó una respuesta se elimina a los [inboxDays] días; una inscripción que no se confirma, a los [unconfirmedDays]. En su propia página, a la que lleva cada correo, puede descargarlo o borrarlo todo.",
  "newsletter-1-es": "Envíenme también el boletín, de vez en cuando. Es posible darse de baja solo de él.",
  "confirm-1-es": "Sí, empezar el curso",
  "newsletter-alone-1-es":
    "Al apuntarse, usted pide a [owner] que le envíe por correo el boletín «[title]», de vez en cuando, y nada más. Guardamos su dirección, sus ajustes y lo que escribe. Lo que escribe lo pueden leer [author] y la persona que lleva este sistema, y nadie más; no se vende nada. Puede darse de baja en cualquier momento con un clic; en su página puede descargarlo o borrarlo todo.",
  "newsletter-privacy-1-es":
    "Guardamos su dirección, sus ajustes y lo que escribe: para enviar el boletín, y para nada más. [author] y la persona que lleva este sistema pueden leer las respuestas. No hay píxeles de seguimiento, y no se cuentan los clics. El correo en que llegó una respuesta se elimina a los [inboxDays] días; una inscripción que no se confirma, a los [unconfirmedDays]. En su propia página, a la que lleva cada correo, puede descargarlo o borrarlo todo.",
  "newsletter-confirm-1-es": "Sí, recibir el boletín",
  "address-1-es": "Sí, enviar mis correos a esta dirección",

  "sign-up-4-fr":
    "En vous inscrivant, vous demandez à [owner] de vous envoyer ce cours par e-mail : un mot de bienvenue, [lessons] leçons, des réponses à ce que vous écrivez, de temps en temps un regard en arrière sur vos propres mots, à la fin votre journal et, là où celui-ci l’annonce, longtemps après une lettre avec vos propres mots. Nous gardons votre adresse, vos réglages et ce que vous écrivez, pour assurer le cours. Ce que vous écrivez peut être lu par [author] et par la personne qui fait tourner ce système, par personne d’autre ; rien n’est vendu. Vous pouvez vous désinscrire à tout moment d’un seul clic ; sur votre page, vous pouvez tout télécharger ou tout effacer.",
  "sign-up-3-fr":
    "En vous inscrivant, vous demandez à [owner] de vous envoyer ce cours par e-mail : un mot de bienvenue, [lessons] leçons, des réponses à ce que vous écrivez, de temps en temps un regard en arrière sur vos propres mots et, à la fin, votre journal. Nous gardons votre adresse, vos réglages et ce que vous écrivez, pour assurer le cours. Ce que vous écrivez peut être lu par [author] et par la personne qui fait tourner ce système, par personne d’autre ; rien n’est vendu. Vous pouvez vous désinscrire à tout moment d’un seul clic ; sur votre page, vous pouvez tout télécharger ou tout effacer.",
  "privacy-1-fr":
    "Nous gardons votre adresse, vos réglages et ce que vous écrivez : pour assurer le cours, et pour rien d’autre. [author] et la personne qui fait tourner ce système peuvent lire les réponses. Il n’y a pas de pixels de suivi, et les clics ne sont pas comptés. L’e-mail dans lequel une réponse est arrivée est supprimé après [inboxDays] jours, une inscription qui n’est pas confirmée après [unconfirmedDays]. Sur votre propre page, à laquelle mène chaque e-mail, vous pouvez tout télécharger ou tout effacer.",
  "newsletter-1-fr":
    "Envoyez-moi aussi la newsletter, de temps en temps. On peut s’en désinscrire séparément.",
  "confirm-1-fr": "Oui, commencer le cours",
  "newsletter-alone-1-fr":
    "En vous inscrivant, vous demandez à [owner] de vous envoyer par e-mail la newsletter « [title] », de temps en temps, et rien d’autre. Nous gardons votre adresse, vos réglages et ce que vous écrivez. Ce que vous écrivez peut être lu par [author] et par la personne qui fait tourner ce système, par personne d’autre ; rien n’est vendu. Vous pouvez vous désinscrire à tout moment d’un seul clic ; sur votre page, vous pouvez tout télécharger ou tout effacer.",
  "newsletter-privacy-1-fr":
    "Nous gardons votre adresse, vos réglages et ce que vous écrivez : pour envoyer la newsletter, et pour rien d’autre. [author] et la personne qui fait tourner ce système peuvent lire les réponses. Il n’y a pas de pixels de suivi, et les clics ne sont pas comptés. L’e-mail dans lequel une réponse est arrivée est supprimé après [inboxDays] jours, une inscription qui n’est pas confirmée après [unconfirmedDays]. Sur votre propre page, à laquelle mène chaque e-mail, vous pouvez tout télécharger ou tout effacer.",
  "newsletter-confirm-1-fr": "Oui, recevoir la newsletter",
  "address-1-fr": "Oui, envoyer mes e-mails à cette adresse",

  "sign-up-4-pt-BR":
    "Ao fazer a inscrição, você pede a [owner] que lhe envie este curso por e-mail: boas-vindas, [lessons] aulas, respostas ao que você escreve, de vez em quando um olhar para trás sobre suas próprias palavras, no final seu diário e, onde ele anunciar, muito depois uma carta com suas próprias palavras. Guardamos seu endereço, suas configurações e o que você escreve, para conduzir o curso. O que você escreve pode ser lido por [author] e pela pessoa que cuida deste sistema, por mais ninguém; nada é vendido. Você pode cancelar a inscrição a qualquer momento com um clique; na sua página pode baixar ou apagar tudo.",
  "sign-up-3-pt-BR":
    "Ao fazer a inscrição, você pede a [owner] que lhe envie este curso por e-mail: boas-vindas, [lessons] aulas, respostas ao que você escreve, de vez em quando um olhar para trás sobre suas próprias palavras e, no final, seu diário. Guardamos seu endereço, suas configurações e o que você escreve, para conduzir o curso. O que você escreve pode ser lido por [author] e pela pessoa que cuida deste sistema, por mais ninguém; nada é vendido. Você pode cancelar a inscrição a qualquer momento com um clique; na sua página pode baixar ou apagar tudo.",
  "privacy-1-pt-BR":
    "Guardamos seu endereço, suas configurações e o que você escreve: para conduzir o curso, e para nada mais. [author] e a pessoa que cuida deste sistema podem ler as respostas. Não há pixels de rastreamento, e os cliques não são contados. O e-mail em que uma resposta chegou é removido depois de [inboxDays] dias; uma inscrição que não é confirmada, depois de [unconfirmedDays]. Na sua própria página, à qual cada e-mail leva, você pode baixar ou apagar tudo.",
  "newsletter-1-pt-BR":
    "Enviem para mim também a newsletter, de vez em quando. Dá para cancelar só a inscrição nela.",
  "confirm-1-pt-BR": "Sim, começar o curso",
  "newsletter-alone-1-pt-BR":
    "Ao fazer a inscrição, você pede a [owner] que lhe envie por e-mail a newsletter “[title]”, de vez em quando, e nada mais. Guardamos seu endereço, suas configurações e o que você escreve. O que você escreve pode ser lido por [author] e pela pessoa que cuida deste sistema, por mais ninguém; nada é vendido. Você pode cancelar a inscrição a qualquer momento com um clique; na sua página pode baixar ou apagar tudo.",
  "newsletter-privacy-1-pt-BR":
    "Guardamos seu endereço, suas configurações e o que você escreve: para enviar a newsletter, e para nada mais. [author] e a pessoa que cuida deste sistema podem ler as respostas. Não há pixels de rastreamento, e os cliques não são contados. O e-mail em que uma resposta chegou é removido depois de [inboxDays] dias; uma inscrição que não é confirmada, depois de [unconfirmedDays]. Na sua própria página, à qual cada e-mail leva, você pode baixar ou apagar tudo.",
  "newsletter-confirm-1-pt-BR": "Sim, receber a newsletter",
  "address-1-pt-BR": "Sim, enviar meus e-mails a este endereço",

  "sign-up-4-nl":
    "Door je aan te melden vraag je [owner] om je deze cursus te mailen: een welkom, [lessons] lessen, antwoorden op wat je schrijft, af en toe een terugblik op je eigen woorden, aan het eind je dagboek en, waar dat het aankondigt, lang daarna een brief met je eigen woorden. We bewaren je adres, je instellingen en wat je schrijft, om de cursus te geven. Wat je schrijft, kunnen [author] en degene die dit systeem beheert lezen, verder niemand; er wordt niets verkocht. Afmelden kan altijd met één klik; op je pagina kun je alles downloaden of wissen.",
  "sign-up-3-nl":
    "Door je aan te melden vraag je [owner] om je deze cursus te mailen: een welkom, [lessons] lessen, antwoorden op wat je schrijft, af en toe een terugblik op je eigen woorden, en aan het eind je dagboek. We bewaren je adres, je instellingen en wat je schrijft, om de cursus te geven. Wat je schrijft, kunnen [author] en degene die dit systeem beheert lezen, verder niemand; er wordt niets verkocht. Afmelden kan altijd met één klik; op je pagina kun je alles downloaden of wissen.",
  "privacy-1-nl":
    "We bewaren je adres, je instellingen en wat je schrijft: om de cursus te geven, en voor niets anders. [author] en degene die dit systeem beheert kunnen antwoorden lezen. Er zijn geen trackingpixels, en klikken worden niet geteld. De mail waarin een antwoord binnenkwam, wordt na [inboxDays] dagen verwijderd, een aanmelding die niet is bevestigd na [unconfirmedDays]. Op je eigen pagina, waar elke mail naartoe leidt, kun je alles downloaden of wissen.",
  "newsletter-1-nl": "Stuur mij ook af en toe de nieuwsbrief. Daarvoor kun je je apart afmelden.",
  "confirm-1-nl": "Ja, begin de cursus",
  "newsletter-alone-1-nl":
    "Door je aan te melden vraag je [owner] om je af en toe de nieuwsbrief “[title]” te mailen, en verder niets. We bewaren je adres, je instellingen en wat je schrijft. Wat je schrijft, kunnen [author] en degene die dit systeem beheert lezen, verder niemand; er wordt niets verkocht. Afmelden kan altijd met één klik; op je pagina kun je alles downloaden of wissen.",
  "newsletter-privacy-1-nl":
    "We bewaren je adres, je instellingen en wat je schrijft: om de nieuwsbrief te sturen, en voor niets anders. [author] en degene die dit systeem beheert kunnen antwoorden lezen. Er zijn geen trackingpixels, en klikken worden niet geteld. De mail waarin een antwoord binnenkwam, wordt na [inboxDays] dagen verwijderd, een aanmelding die niet is bevestigd na [unconfirmedDays]. Op je eigen pagina, waar elke mail naartoe leidt, kun je alles downloaden of wissen.",
  "newsletter-confirm-1-nl": "Ja, stuur mij de nieuwsbrief",
  "address-1-nl": "Ja, stuur mijn mails naar dit adres",
} as const;
