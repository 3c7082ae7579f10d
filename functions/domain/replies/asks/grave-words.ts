/**
 * Words of death, illness, hospital, dismissal, harm and crisis, by language, in the notation of `pattern.ts`; and what
 * takes their weight: figures of speech, and hospitals, crises and dismissals that are business. An alarm too many
 * costs an automatic answer; one too few costs a person.
 */
export interface GraveWords {
  says: string[];
  unless: string[];
}

const EN_KIN =
  "(mum|mom|mother|dad|father|parents?|wife|husband|partner|spouse|son|daughter|child|children|kids?|baby|brother|sister|twin|grandad|granddad|grandpa|grandfather|grandma|gran|nan|grandmother|uncle|aunt|cousin|niece|nephew|friend|best friend|colleague|co worker|coworker|teammate|boss|manager|deputy|mentor|neighbou?r|fianc@|girlfriend|boyfriend|ex|father in law|mother in law|family|stepfather|stepmother|rep|one of my (reps|team|people|colleagues|staff)|he|she|somebody i|someone i)";

export const GRAVE: Record<string, GraveWords> = {
  en: {
    says: [
      "(cutting|burning|hurting|starving|purging) ((my|him|her)self )?again|(think|thinking|thought|think a lot) (about|of) (ending|doing) it( all)?( |$)|(dog|cat|horse) .{0,40}(put down|put to sleep)|(given|has|have|got) (only |just )?(a few |some |two |three )?(days|weeks|months)( to live| left|)$|have(n t| not) left (the house|my bed)",
      "(gaza|kharkiv|kherson|mariupol|bakhmut|donetsk|khartoum|rafah|aleppo)|(fled|flee|fleeing|left) .{0,30}with (two|one|three|a few|only|just|nothing) .{0,15}(bags?|suitcases?|clothes)",
      "(walked|escorted|marched|shown|showed|led) (me |us |him |her )?(to|out of|out) (the )?(door|building|gate|exit|car park)|(company|firm|employer|shop) .{0,12}(went|gone|goes|going) under",
      "(she|he|mum|mom|dad|grandma|grandpa) (s|is) gone( now| forever|)$|(was|were|got|been|being) (killed|shot|stabbed|murdered|kidnapped|abducted)|(shooting|stabbing|explosion) (at|in) (my|our|his|her|the)|gunman|shooter|in surgery",
      "(liver|lungs?|brain|bones?|pancreas|breast|ovaries|prostate|bowel|kidneys?) (this time|now|too|again)|they (talk|speak|give|gave|spoke) .{0,12}(weeks|months)( left| at most|)$",
      "(say|said|saying) (good ?bye|farewell) to (my|our) (little |dear )?(mother|father|mum|mom|dad|wife|husband|son|daughter|child|baby|brother|sister|grandmother|grandfather|gran|grandma|grandpa|nan|friend|partner|aunt|uncle|niece|nephew|parents|boy|girl|twins|baby)|(mother|father|mum|mom|dad|wife|husband|grandmother) .{0,25}(doesn t|does not|no longer) (know|recogni[sz]e)",
      "died|dies|dying|death|deaths|deceased|passed away|fatal@|killed (in|by|on|himself|herself|themselves)|(is|are|was|were|found|s) dead|(seriously|very|badly|gravely|chronically|mentally) (ill|sick|hurt|injured|wounded)|(ill|illness|sick|disease|disorder|injury|injuries|wound|condition) (since|again|for (weeks|months)|is|has|came|back)|(my|his|her|our|the) (illness|disease|disorder|injuries|condition|prognosis|seizures?|surgery|treatment|therapy|wheelchair|grief|depression|anxiety|addiction|drinking|divorce|abuse)",
      "(hospital|icu|emergency room|ward|paramedics?|surgeon|oncolog@|psychiatr@|therapist|counsellor|chemo|ventilator|morphine|crematorium|undertaker|coroner|police|ambulance|shelter|hotline|lawyer|custody|funeral@|wake)",
      "(cry|cries|crying|cried|tears|weep@|wept|panic|panicking|terrified|desperate|desperation|despair|hopeless|worthless|suicidal|traum@|nightmares?|breaking point|rock bottom|exhausted and|unbearable|can t go on|give up on (life|everything)|alone (in|with|at) @|nobody would (notice|miss)|disappear@|don t want to be here|pills|sleeping tablets|knife|rope|bridge)",
      "(lost (my|our|his|her) (@ )?(mother|father|mum|mom|dad|son|daughter|baby|child|wife|husband|brother|sister|friend|best friend|partner|grandmother|grandfather|gran|nan|dog|cat|home|house|licence|sight|hearing|leg|arm|job|position|livelihood|income|savings))|(sick|ill) (mother|father|child|son|daughter|wife|husband|parent)|(mother|father|mum|mom|dad|son|daughter|wife|husband|brother|sister|partner) .{0,30}(ill|sick|hospital|dying|fell|fall|stroke|operation|surgery|missing|arrested|left|hurt|injured|unconscious|not wake|care home|hospice|dementia)",
      "(sacked|fired|dismissed|redundant|laid off|let go|restructured out|job (loss|gone|cut)|out of (a job|work)|unemployed|severance|notice period|cleared my desk|terminated|hand(ed)? in my (badge|laptop)|walked out of the building|bankruptcy|insolvency|foreclos@|repossess@)",
      "(passed away|passed on|passed peacefully|funeral|obituary|cremat@|buried (my|our|her|his|him|mum|mom|dad|a|the) ?(father|mother|wife|husband|son|daughter|brother|sister|friend|colleague|dad|mum|mom|@)|we buried|in mourning|mourning|grieving|bereave@|condolence@|widow@|memorial service|wake for|scattered @ ashes|stillb@|miscarr@|lost (the|our|a|my) (baby|child|pregnancy|son|daughter|mother|father|wife|husband|mum|mom|dad|brother|sister|friend|grandmother|grandfather|partner|twin))",
      `${EN_KIN} (has |have |had |just |recently |suddenly |was |is |s )*(died|dies|dying|dead|killed|murdered|gone forever|passed|went peacefully|did not survive|didn t survive|drowned|taking (his|her|their) own life)`,
      "(he|she|they|who|dad|mum|mom) (died|passed|went peacefully|drowned|didn t make it|did not make it|won t make it|is dying)",
      "(suicid@|kill(ed|ing)? (my|him|her|them)sel@|end(ed|ing)? ((my|his|her|their|my own) life|it all)|(took|taken|take|taking) (my|his|her|their) own li@|hang(ed)? (my|him|her)self|overdos@|self harm@|cut(ting)? myself|hurt(ing)? myself|goodbye letter|better off without me|easier (for everyone |)(if i|without me)|not (want to|wanna) (live|be here|wake up|go on|exist)|don t want to (live|be here|be alive|wake up|go on|exist)|no (reason|point) (to|in) (live|living|going on)|wish i (was|were) (dead|gone|never born)|can t go on|cannot go on|if i weren t (here|around)|want to disappear|end it all|jump (off|in front))",
      "(cancer|tumou?r|leuk@|lymphoma|melanoma|chemo@|radiotherapy|radiation therapy|biopsy|malignant|metasta@|terminal@ (ill|illness|diagnos@)|terminal|hospice|palliative|stage (four|three|iv|iii|4|3)|diagnosis|diagnosed|ms diagnosis|parkinson@|alzheimer@|dementia|hiv|multiple sclerosis|heart (attack|surgery|failure)|cardiac arrest|stroke|coma|intensive care|icu|life support|brain (bleed|tumou?r|haemorrhage|hemorrhage|damage)|sepsis|organ transplant|bypass operation|dialysis|paraly[sz]ed|wheelchair|amputat@|epilep@)",
      "(in|into|at|to|from|out of) (the |a )?(hospital|emergency room|a and e|psychiatric @|clinic|psych ward|rehab|the ward)( |$|,)",
      "(i|we|he|she|son|daughter|wife|husband|mother|father|mum|mom|dad|brother|sister|friend|colleague) *(seriously|gravely|very|critically|desperately) ill",
      "(something|shadow|lump|mass|spot) on (my|his|her|the) (scan|lung|x ray|mri|breast|brain|liver)|found (something|a lump|a mass|a tumou?r)|waiting for (the |my )?(results|biopsy)|test results came|scan came back|results (came back|were bad|are bad)",
      "(surgery|operation|operated) (on (the |my |his |her |monday|tuesday|wednesday|thursday|friday|@)|tomorrow|went|yesterday|next)",
      "(laid off|let go|been sacked|got sacked|was sacked|been fired|got fired|was fired|fired me|sacked me|they fired|lost (my|his|her|our) (job|position|jobs)|losing my job|made redundant|redundan@|job is gone|my (position|role|job|contract) (was|is|has been|will be|won t be|will not be|isn t being) (eliminated|made redundant|cut|terminated|axed|abolished|not renewed|renewed|ended|gone)|contract (won t be|will not be|isn t) renewed|terminated (me|my contract)|cleared (out )?my desk|gave me a box|escorted out|severance|closing (our|my|the) (office|site|plant|department|branch)|all of us .{0,20}(out|gone) by|dismissed (me|today|yesterday|without)|suspended (me|from work)|unemployed|had to (let|lay off|fire|dismiss) .{0,30}(go|people|today|team|them|half|off|@))",
      "(car|bike|traffic|motorbike|serious|bad|terrible|climbing|work) (accident|crash)|(had|in|after|since) an accident|hit by a (car|truck|bus|lorry)|run over|house (burned|burnt|fire)|fire took|(lost|burned|burnt) (our|my|the) (home|house)|everything (else )?is gone|flood(ed)? .{0,20}(house|home)|earthquake|bomb@|missile|shelling|(brother|son|husband|father|friend|cousin|nephew|drafted|mobili[sz]ed|i|we) .{0,20}(at|on|from) the front line|war (broke|in my|has)|refugee@|evacuat@|tornado|hurricane",
      "(raped?|assault@|molest@|harass(ed|es|ing|ment)|groped|stalk(er|ed|ing)|abus(ed|ive|es|ing me)|beat(s|en)? (me|her|up)|hit (me|us|the children|my)|hits (me|us|the children)|violent|violence at home|domestic violence|women s shelter|threaten(ed|s) (me|us|to kill)|hand on my (leg|thigh|knee)|restraining order|bullied|bullying|mobbing|blackmail@)",
      "(burn ?out|burned out|burnt out|breakdown|broke down|panic attack@|anxiety attack@|depress(ed|ion)|bipolar|psychosis|ptsd|signed off|on sick leave|not coping|can t cope|cannot cope|falling apart|fall apart|(lie|lying) on the (floor|bathroom|office)|can t stop crying|cry(ing)? (every|all|in the|at|myself|in my)|cried (in|all|at|every|myself|for)|no way (forward|out|ahead)|(see|find) (a |no |any )?way (forward|out|ahead)|hopeless|at the end of my|can t (take|do|bear|stand) (it|this) any ?more|at rock bottom|drinking (again|since|too|every|alone|heavily)|relapse@|addict(ed|ion)|alcoholic|rehab|overwhelm(ed)? and|ill every|lost all hope|i m lost|empty inside|numb)",
      "(divorc@|separat(ed|ion|ing)|moved out|left me|leaving me|leaves me|custody|affair|cheated on me|took the (children|kids)|walked out on|broke up|marriage is over)",
      "(missing since|has been missing|went missing|stopped eating|anorexi@|eating disorder|in prison|arrested|jailed|police (came|at the door|called|found)|deport@|bankrupt@|homeless|eviction|evicted|lost everything)",
      "(lost|losing) (him|her) (on|last|this|to|in|at|after|yesterday|today|suddenly|overnight)|(months|weeks|days|not long|a year) (left )?to live|life support|ventilator|heart stopped|collapsed|ambulance|emergency (surgery|section|c section|operation)|premature|neonatal|incubator|(kidney|liver|heart|organ) failure|losing (my|his|her) sight|tested positive|doctors? (say|says|said|found|don t|doesn t|can t|told|are not|gave)|(eulogy|casket|coffin|vigil|graveside|ashes|cemetery|late (husband|wife|father|mother|brother|sister|son|daughter))",
      "(can t|cannot|haven t|could not|couldn t) (sleep|slept|eat|eaten|get out of bed|leave the house|left the house|breathe|face)|(scared|afraid|frightened) (to go home|of (him|my (husband|wife|partner|father|boss)))|(burgled|robbed|mugged|attacked|stabbed|strangled|beaten)|what s the point (of|in|any ?more)|point of (living|anything|it all|going on)|wake up (in the morning|tomorrow|any ?more)|sobb(ed|ing)|wept|in tears|broke down|grief|grieve|heartbroken|devastat@|shattered|in shock|in pieces",
      "(got the boot|given notice|(was|been|got|were|am|being) (laid off|let go|dismissed|axed|cut)|my last day (is|was)|shown the door|(job|role|position|department|team|company|firm|office|branch) (s |has |have |is |was |being |been |will be |went )*(cut|folding|bankrupt|insolvent|closing|closed|dissolved|eliminated|gone under)|lost (everything|my house|our house|our home)|no (job|work|income) (any ?more|since|from))",
      "(rest in peace|rip @|gone too soon|no longer with us|never woke up|last breath|deathbed|dying wish|his death|her death|death of|the death|after the death|since .{0,20} death)",
    ],
    unless: [
      "(political|politically|career|commercial|commercially|professional|reputational|economic|social)(ly)? suicide|suicide ,? ?(politically|commercially|career)|(i|we|she|he|they) bombed( in | at | on |$| the | my | our )|bombed (the|my|our|an|in the) (interview|review|pitch|exam|talk|presentation|test|demo)",
      "(clients?|customers?|accounts?|buyers?) (are|is) .{0,20}(hospices?|hospitals?|clinics?|undertakers?|care homes?)|shattered after (the|a|my|two|three)|(trade fair|marathon|run|gym) .{0,30}(shattered|dead)|(market|prices?|demand|economy|sector|sales) (is|are|was|were) (very |quite )?depressed|stabb@ (at|in the (back|dark))|broke down (the|our|my|his|her|each|every|into)|broke (it|this|that|them) down",

      "buried (my|his|her|our) (head|nose|face|laptop|phone)",
      "(lesson|question|course|mail|meeting|that|it|what|words|talk) .{0,20}left me (with|think@|wonder@|feel@|speech@|cold)|fatal (blow|flaw|error|mistake) (to|in|for|of) (my|our|the|his|her)|(ego|pride|vanity) .{0,25}(fatal|died|dead|killed|blow)",
      "funeral (industry|directors?|homes?|business|segment|sector|trade)|dying to @|(product|project|brand|account|pipeline|campaign|feature|deal|idea|programme|initiative|launch) .{0,25}(on|off) life support|buried (myself|themselves|himself|herself|ourselves|in|under)|divorc@ (ourselves|myself|yourself|itself|the .{0,20} from)",
      "suicid@ (pricing|prices?|discounts?|mission|bids?|run)|(insure|sell|lease|build|equip|supply|service|repair|rent|deliver)@ .{0,40}(ambulances?|hospitals?|fire engines?|police|wheelchairs?|ventilators?|clinics?|hearses?)|(call|meeting|demo|visit|talk|conversation) .{0,20}with a (paramedic|nurse|surgeon|oncologist|therapist|police officer|lawyer|undertaker)",
      "best thing (that )?(ever |has ever )?happened|panic .{0,30}(quarter|month end|year end|as always|as usual)|terminal@ (nonsense|boredom|stupid@|decline|optimis@|dull|bored)|terminated (the|our|a|that|their) (contract|agreement|deal) with|dismiss@ (me |him |her |it |them )?as|(pitch|presentation|demo|joke|speech|talk|meeting|launch) .{0,10}bombed|(research|cancer) (institute|lab|centre|center|company) is (our|my|a)|killed it|killing it|killed the (deal|project|idea|mood|conversation|offer)|(shot|killed) down",
      "(dying|die|died|dead|kill(s|ed|ing)?|killer) (to (know|hear|try|see|meet)|of (laughter|laughing|shame|boredom|embarrassment|curiosity)|laughing|for a|on the (vine|spot|table)|in the water|me with|end|line|serious|tired|easy|right|wrong|quiet|weight|feature|the (deal|mood|idea|conversation|meeting))|to die for|over my dead",
      "(customer|client|account|segment|market|sector|charity|product|app|apps|software|sell|sells|selling|sold|vendor|supplier|tender|prospect|clients|customers) .{0,60}(hospital|clinic|hospice|cancer|dementia|funeral|grief|bereavement|insurance|oncolog@|burnout|palliative|dialysis|stroke|depression)|(hospital|clinic|hospice|cancer|dementia|funeral|grief|bereavement|oncolog@|burnout|palliative) .{0,60}(customers?|clients?|market|segment|software|product|contract|deal|tender|renew@|charity|counselling apps|sales|prevention|insurance|account|procurement|buyer|corporate|app|apps|business)",
      "passed (it|this|that|them) on|passed on (the|a|an|my|our|this|that|what|it)|(nobody|no one|somebody|someone|answer|message|note|number|information|word) (had |was |got |is |can |could |be |that nobody )*passed on",
      "let(ting)? go of (?!.{0,30}(people|reps|staff|colleague|him|her|them|half|some|two|three))|(have|had|want|wanted|need|needed|learn|learned|learnt|hard) to let go(?! (of )?(my|our|half|a|an|two|three|four|five|six|some|people|him|her|them|staff))",
      "(lost|losing) (the|a|our|this|that) (deal|customer|client|account|bid|tender|pitch|contract|game|match|quarter)",
      "(fired|let go|sacked|dismissed) (the|our|a|that|this) (supplier|vendor|agency|contractor|consultant@|client|customer)|fired up|fired off|let go of (the|my|control|it|that|this)|(my|our) competitor@ .{0,30}(laid|lay|let|fire)",
      "(heart attack|stroke) (when|almost|nearly)|(nearly|almost) (had|gave me|got|died|killed) (a |me )?(heart attack|stroke|laughing|)|stroke of (luck|genius)|gave (him|her|them|me) a heart attack",
      "(blind spot|attrition|burning platform|war room|war stories|price war|battle|post mortem|deadline|dead end|dead line|crisis meeting|suicide mission|kill list|kill switch|skeleton|shot down|on fire|in the trenches|firing line|fire drill|firefight@|put out fires|killer question|terminal (server|window|at|[0-9])|airport|separate(d|ion)? (the|of|from the)|depressed (market|price|demand)|numb@ (of|are|from)|separation of|violently agree)",
      "buried the (lead|lede|hatchet|point|number)|charity s|(run|work for|manage) a .{0,30}(hospice|charity|hospital)|(nobody|no one) (got |was |is )?(hurt|died|injured)|broken ribs no|tooth|wisdom teeth|just a cold|a cold|hay fever|sprained|hangover",
      "(sick|tired) of|fired (up|off|the (starting|first))|(cross|cried|cry) (wolf|out for)|cry over|crying shame|bridge (the|a|between|to)|building bridges|(burn|cross) (that|the) bridge|knife edge|under the knife|on the rope@|learn@ the ropes|police (the|department as|is our|are our)|policing|wake (up call|of|up to)|in the wake|notice period|dead (tired|easy|right|simple|serious|wrong|silent|quiet|line|lines|end|weight|wood|air|on my feet)|to death|death (march|by)|bored to|talk@ .{0,10}to death|(laughed|laughing|laugh) .{0,20}(tears|cried|crying)|tears of (joy|laughter)|happy tears|moved to tears|in a good way|lawyer@? (client|customer|and i|friend)|disappear@ (from the|into|behind|in the|when|after)|panic (button|mode|buying)|alone (with the|in the (office|car|meeting))",
      "(books?|novel|film|movie|series|podcast|play|story|character|history|lesson) (about|where|in which) .{0,40}(death|dies|died|suicide|cancer|funeral)",
    ],
  },
  de: {
    says: [
      "(wurde|worden|bin|hat man mich|haben sie mich|wurden) (heute |gestern |fristlos |letzte woche |am @ |von @ |alle )*(entlassen|gekundigt|gefeuert|freigestellt)",

      "(kam|kommt|kamen|bekam@|habe) (heute |gestern |jetzt |endlich )?(der|den|die|mein|meinen) befund@|befund@ (ist|sind|kam|kamen) |erkennt (mich|uns|niemand@|ihn|ihre@|seine@) .{0,40}(nicht |niemanden )?mehr",
      "(oma|opa|mutter|vater|mama|papa|grossmutter|grossvater|mann|frau|tante|onkel|schwester|bruder|kind) (ist|durfte) .{0,40}eingeschlafen|(friedlich|sanft) eingeschlafen|(oma|opa|mutter|vater|mama|papa|mann|frau|schwester|bruder|kind|er|sie) (hat )?nur noch .{0,25}(tage|wochen|monate)( hat| zu leben| bleiben| bleibt|)$",
      "(letzte|gestern|heute) nacht (ist|sind) (er|sie) (gegangen|gestorben|fort)|(zerbombt|ausgebombt|bombardiert|erschossen|erstochen|entfuhrt)",
      "(gestorben|sterben|stirbt|starb|(ist|war|sind|waren|bin) tot|tot (gefunden|aufgefunden|umgefallen)|tote|toten|tod|todes|todlich|verstorbene@|beerdig@|begrab@|verungluckt|umgekommen|getotet|schwerkrank|todkrank|(sehr|schwer|ernsthaft|chronisch|psychisch|unheilbar) krank|erkrankt|krankheit (ist|hat|kommt|schreitet)|(mein@|sein@|ihr@) (krankheit|erkrankung|prognose|depression|sucht|trauer|scheidung|operation|reha)|krankenhaus|intensiv|notfall|notaufnahme|onkolog@|psychiater@|therapeut@|bestatter|polizei|sanitater|anwalt wegen)",
      "(weine|weinen|weinte|geweint|tranen|panik|verzweif@|hoffnungslos|wertlos|trauma@|albtraum@|unertraglich|nicht mehr konnen|aufgeben|allein(e)? (zu hause|mit|gelassen)|niemand wurde (mich )?(vermissen|merken)|tabletten|brucke|strick|messer|will nicht mehr|mag nicht mehr|kein(en)? sinn)",
      "(vater|mutter|mama|papa|sohn|tochter|kind|frau|mann|bruder|schwester|oma|opa|partner@?) .{0,40}(krank|krankenhaus|klinik|gesturzt|sturz|schlaganfall|operiert|op |unfall|vermisst|verhaftet|verletzt|bewusstlos|pflegeheim|hospiz|demenz|verlassen|ausgezogen)",
      "(gestorben|verstorben|verstarb|starb|stirbt|im sterben|tod |tode?s(fall|anzeige|nachricht)|beerdig@|beisetzung|begraben|bestattung|bestattet|trauer@|beileid|friedhof|kondolenz@|witwe@?|entschlafen|von uns gegangen|fur immer gegangen|nicht mehr aufgewacht|eingeaschert|fehlgeburt|totgeb@|sternenkind|gefallen (an|bei|im)|an der front|ums leben|todlich verungluckt)",
      "(vater|mutter|mama|papa|eltern|frau|mann|sohn|tochter|kind|baby|bruder|schwester|oma|opa|grossvater|grossmutter|onkel|tante|cousin@?|freund@?|kolleg@|chef@?|partner@?|nachbar@?|azubi|mitarbeiter@?|lebensgefahrt@) *(ist |war )?(tot|gestorben|verloren|verungluckt|schwer krank|todkrank|umgebracht|ermordet)",
      "(unser|mein|das|unsere|meine|meinen|meinem) (kind|baby|sohn|tochter|vater|mutter|bruder|schwester|mann|frau|freund@?) .{0,30}(verloren|gestorben|tot |tot$)",
      "(suizid@|selbstmord@|das leben genommen|das leben nehmen|leben (ein ende|beenden)|umbringen|umgebracht|erhangt|vor den zug|nicht mehr leben|nicht mehr da (ware|sein)|nicht mehr hier (ware|sein)|ohne mich besser|besser ohne mich|nur ein schritt|abschiedsbrief|ritz@ mich|selbstverletz@|keinen ausweg|kein ausweg|keinen sinn mehr|nicht mehr weiter|verschwinden (mochte|will|konnte)|am liebsten (nicht mehr|tot|weg))",
      "(krebs |krebs$|krebs(diagnose|krank@)|an krebs|brustkrebs|lungenkrebs|darmkrebs|hautkrebs|prostatakrebs|tumor@?|leukamie|chemo@|bestrahlung|biopsie|bosartig@?|metastas@|unheilbar|palliativ@|hospiz|(die|der|eine|einer|meine|meiner|seine|seiner|ihre|ihrer|unsere|neue|nach|seit|ohne) diagnose|diagnose (krebs|bekommen|erhalten|ist|war|kam|steht|lautet)|diagnosen|diagnostiziert|schlaganfall|herzinfarkt|herzstillstand|intensivstation|koma|hirnblutung|hirntumor|demenz|alzheimer|parkinson|multiple sklerose|querschnitt@|gelahmt|rollstuhl|amputi@|dialyse|sepsis|reanimiert|notoperation|operation am|operiert (worden|am)|wird (am|morgen) @? ?operiert|lebensgefahr|schwer (erkrankt|verletzt|krank))",
      "(im|ins|aus dem|in der|in die|in eine|in einer) (krankenhaus|spital|klinik|notaufnahme|psychiatrie|reha|klinikum|tagesklinik)",
      "(entlassen (worden|hat|wurde|hatte|haben)?|gekundigt (worden|hat man|bekommen)|wurde (mir |)?(heute |gestern |am @ |letzte woche |)*gekundigt|mir (ist |wurde |wird )?(gestern |heute |)*gekundigt|bin (meinen|den) job los|job verloren|arbeit verloren|stelle (verloren|gestrichen|fallt weg|weg)|arbeitsplatz verloren|arbeitslos|freigestellt|betriebsbedingt|aufhebungsvertrag|vertrag wird nicht verlangert|kundigung (bekommen|erhalten|lag|auf dem)|standort (wird |)?(geschlossen|schliesst)|werk (wird |)?(geschlossen|schliesst)|musste .{0,40}(entlassen|kundigen)|insolvenz angemeldet)",
      "((auto|verkehrs|motorrad|arbeits|fahrrad)?unfall (gehabt|gebaut|hatte|auf|mit|am|gestern)|schwerer unfall|einen unfall|verungluckt|uberfahren|haus (abgebrannt|brannte|ist abgebrannt)|abgebrannt|alles verloren|hochwasser|erdbeben|krieg (in|ausgebrochen)|bomb@|rakete@|beschuss|geflohen|geflüchtet|evakuiert)",
      "(vergewaltig@|missbrauch@|missbraucht|belastigt|begrapscht|gestalkt|geschlagen|zugeschlagen|schlagt (mich|uns|die kinder)|verprugelt|gewalt (zu hause|in der)|hausliche gewalt|frauenhaus|bedroht (mich|uns)|gemobbt|mobbing|schreit mich|erpresst)",
      "(burnout|burn out|zusammenbruch|zusammengebrochen|depress@|panikattacke@|angstattacke@|angststorung|krankgeschrieben|krank geschrieben|erschopfungs@|herzrasen|nachts weine|weine (ich|nur|jeden|nachts|jede)|geweint|kann nicht mehr|halte (das|es) nicht (mehr|langer)|schaffe (das|es) nicht mehr|am ende (meiner|mit)|trinke (wieder|seit|zu viel|jeden)|alkoholiker@?|rucksfall|ruckfall|suchtig|entzug|therapie wegen|klinik wegen|hoffnungslos|verzweifelt|leer und)",
      "(scheidung|scheiden lassen|(lassen|lasse|lasst) (uns|mich|sich) scheiden|geschieden|trennung|getrennt|verlassen (hat|worden|mich)|hat mich verlassen|ausgezogen|sorgerecht|mann ist weg|frau ist weg)",
      "(vermisst (seit|wird)|verhaftet|gefangnis|polizei (stand|kam|vor)|magersuch@|isst nicht(s)? mehr|obdachlos|privatinsolvenz|zwangsraumung|pflegefall)",
      "(rettungswagen|krankenwagen|notarzt|fruhchen|fruhgeburt|(monate|wochen|tage|nicht mehr lange) zu leben|arzte? (sagen|sagt|haben|hat|sagte|meint|geben)|trauerfeier|urne|am grab|abschied (nehmen|genommen)|eingeschlafen (fur|ist)|verblutet|ertrunken|abgesturzt|beatmet|herzstillstand|schwanger.{0,20}verloren)",
      "(gefeuert|rausgeworfen|rausgeschmissen|rausgeflogen|letzter arbeitstag|vor die tur gesetzt|wegrationalisiert|stelle wird|stellen werden|sozialplan|insolvent|pleite|uberfallen|ausgeraubt|angegriffen|niedergestochen|gewurgt|(nicht|kaum) (mehr )?(schlafen|geschlafen|essen|atmen)|aus dem bett|alles zu viel|bricht alles|ertrage|halte (es |das |ich )?nicht (mehr )?aus|am boden zerstort|weiss nicht (mehr )?weiter|ohne job|ohne arbeit|angst vor (ihm|meinem mann)|zerbrochen|heule|geheult|weinend|tranen)",
      "(unser|unsere|mein|meine|das|den|die) (kind|baby|sohn|tochter) *verloren",
      "(ergebnisse|befund@?) .{0,30}(bekommen|da|schlecht|nicht gut)|knoten (in der|entdeckt|gefunden)|schatten auf",
    ],
    unless: [
      "unfallversicherung@|(klingt|sieht|fuhlt) .{0,25}nach (front|krieg)|(rabatt|preis|kunden)(schlacht|krieg|kampf)@|kampfpreis@",
      "(totlachen|tot gelacht|tot geredet|todmude|tot punkt|toter winkel|toten winkel|brucke (bauen|geschlagen|schlagen|zu|zwischen)|brucken|polizei als|panikmache|keine panik|aufgeben (will|wollte|kam|gab)|tranen gelacht|freudentranen|mit tranen vor lachen|messer(s)? schneide|tot geschwiegen|todlich langweilig|notfallplan|notfall ?handy|tote leitung)",
      "(kunde|kunden|kundin|kundschaft|segment|branche|markt|produkt|seminar@|software|verkauf@|vertrieb@|verkauft|verkaufen|anbieter|lieferant@|ausschreibung|zentrum|versicherung@|kundentermin) .{0,60}(klinik@|krankenhaus|hospiz|krebs@|burnout|demenz|spital|unfall@|beerdigung@|bestatt@|pflege@|trauer@|psychiatrie)|(klinik@|krankenhaus@|hospiz|krebs(forschung@|zentrum)|burnout praventi@|demenz@|spital|unfall(versicherung@)|bestatt(ungs@|er)|pflege@|psychiatrie) .{0,60}(kunde@?|kundin|markt|segment|software|produkt|vertrag|verlangert|auftrag|verkauf@|seminar@|einkauf@|vertrieb|angebot|lauft)",
      "unfallversicherung@|nach front|burnout praventi@|(seminar|produkt|verkauf@) .{0,30}burnout|krisensitzung|krisenstab|preiskrieg|rabattschlacht|kampfpreis@|muskelkater|schnupfen|erkaltung|erkaltet|halsweh|kater |zahnarzt|weisheitszahn|todmude|tot gelacht|totgelacht|totlachen|bringt mich (noch )?um|todernst|totschweig@|tote hose|sterbenslangweilig|zum sterben|ums verrecken|toter punkt|toten punkt|an der front (im|des) (vertrieb|verkauf)|in der luft zerrissen|geist aufgegeben|todesmutig|getrennt(e)? (voneinander|behandel@|bewert@|rechnung@)|trennung von|ausgezogen um|konkurrenz .{0,30}(entlassen|kundig@)|(entlassen|gekundigt) .{0,30}konkurrenz|lieferanten .{0,30}(gekundigt|entlassen)|abo .{0,30}gekundigt|vertrag .{0,20}gekundigt|auf (den|seine|ihre|meine) .{0,20}verlassen|diagnose stellen|diagnose(gesprach|tool|bogen)|verlassen auf|kein ausweg aus dem (projekt|meeting)",
      "fast (einen )?herzinfarkt|beinahe (einen )?herzinfarkt|herzinfarkt bekommen als",
    ],
  },
  fr: {
    says: [
      "perdre (notre|mon|ma|un|une) (@ )?(bebe|enfant|fils|fille|mere|pere|mari|femme|frere|soeur|ami|amie|maman|papa|emploi|travail|poste)",

      "(ne vois|vois) plus (de |le |aucun )*sens|mise? a la porte|bombard@|fuir avec",
      "(mort|morte|decede@?|deces|disparu|disparue|eteint|eteinte|enterr@|obseques|funerailles|inhum@|incinerat@|deuil|condoleances|veuf|veuve|fausse couche|perdu (notre|mon|ma|le|un|une) (bebe|enfant|fils|fille|mere|pere|mari|femme|frere|soeur|ami|amie|maman|papa|emploi|travail|poste|grand@))",
      "(nous a quittes|nous a quitte|s est eteint|n est plus|parti trop|nous ont quittes)",
      "(suicid@|mis fin a ses jours|en finir|donne la mort|envie de (vivre|mourir|disparaitre)|plus envie de vivre|(mieux|plus (simple|facile|heureu@)|le monde) .{0,20}sans moi|sans moi .{0,25}(mieux|plus (simple|facile|heureu@)|le monde)|m ouvrir les veines|pendu|lettre d adieu|plus la force|bout du rouleau|plus d issue|aucune issue)",
      "(cancer|tumeur|leucemie|chimio@|radiotherapie|biopsie|malin|maligne|metastas@|incurable|palliatif@|diagnostic|diagnostiqu@|avc|infarctus|crise cardiaque|soins intensifs|reanimation|coma|alzheimer|parkinson|sclerose|paralys@|hospice|dialyse|operation (du|de la|demain|lundi)|opere (de|du|demain)|operee)",
      "(a l |de l |dans un |en )(hopital|hopitaux|clinique|urgences|psychiatrie)|hospitalis@|aux urgences",
      "(licenci@|viree?|perdu mon (emploi|travail|poste)|chomage|renvoye@?|plan social|poste (est )?supprime|contrat (ne sera pas|non) renouvele|mis a la porte)",
      "(accident (de voiture|de moto|de la route|grave)|un accident|renverse par|maison a brule|incendie|tremblement de terre|inondation|bombard@|la guerre)",
      "(viol@e|agress@e|harcel@|battue?|frappe(e|s)? |violences? (conjugal@|domestiq@)|menace(e)? de mort|attouchement@|foyer pour femmes)",
      "(burn ?out|epuise(ment)?|arret maladie|depress@|angoisse@|crise de panique|attaques? de panique|pleur(e|er|ant|ais) (tous|tout|chaque|sans|le|la|dans|en)|sans pleurer|craque(e)?|n en peux plus|ne tiens plus|rechute|alcool@|desintox@|desespoir|desespere@?)",
      "(divorc@|separ(e|es|ee|ation)|m a quitte|parti avec les enfants|garde des enfants|rupture)",
      "resultats .{0,60}(en parler|mauvais|pas bons)|arrive pas (encore )?a en parler",
    ],
    unless: [
      "(projet|dossier|idee) (est |soit )?enterre@?|mort(e)? de (rire|honte|fatigue|peur|faim)|point mort|(client@|secteur|vendons|logiciel@|marche|segment|produit|assurance) .{0,60}(hopital|hopitaux|clinique@|cancer|burn ?out|funeraire@)|(hopital|hopitaux|clinique@) .{0,60}(client@|marche|contrat|logiciel)|(licenci@|vire) (le|notre|un|son) (fournisseur|prestataire)|crise de (rire|fou rire)|reunion de crise|separer (les|le|la)|failli (faire|avoir) (une crise|un infarctus)|disparu(e)? (du|des|de la|de mon) (bureau|liste|agenda)",
    ],
  },
  es: {
    says: [
      "no (le |les |)?(veo|encuentro) (@ )?sentido|no quiero (vivir|seguir viviendo)|no puedo mas|sin ganas de vivir|nos bombarde@|se nos fue (mi|el|la)",
      "(murio|muerto|muerta|muerte|fallecio|fallecido|fallecida|fallecimiento|enterr@|entierro|funeral@|velatorio|sepelio|luto|duelo|condolencias|viudo|viuda|aborto espontaneo|perdi (a mi|el bebe|al bebe|mi trabajo|mi empleo)|perdimos (a |el bebe|al bebe|nuestro)|se nos fue|ya no esta|nos dejo|me quede sin (trabajo|empleo))",
      "(suicid@|quitarme la vida|se quito la vida|no quiero (vivir|seguir viviendo)|ganas de (vivir|morir|desaparecer)|acabar con todo|(mejor|mas (facil|felices|tranquilos)|el mundo) .{0,20}sin mi|sin mi .{0,25}(mejor|mas (facil|felices|tranquilos)|el mundo)|carta de despedida|no puedo mas|no veo salida|sin salida)",
      "(cancer|tumor|leucemia|quimio@|radioterapia|biopsia|maligno|metastasis|terminal|paliativ@|diagnostic[oa]@|diagnostiqu@|ictus|infarto|derrame cerebral|cuidados intensivos|uci|coma|alzheimer|parkinson|esclerosis|dialisis|operan|me operan|le operan|operacion (de|del|manana))",
      "(en el|al|del|en la|ingresad@ en|en una) (hospital|clinica|urgencias|psiquiatrico)|hospitaliz@|ingresad[oa]|en urgencias",
      "(despid@|despedid[oa]s?|me echaron|me han echado|despido|perdido (el|mi) (trabajo|empleo)|en paro|ere |no me renuevan|cierran (la|nuestra) (oficina|planta|sede))",
      "(accidente (de coche|de trafico|de moto|grave|laboral)|un accidente|atropell@|incendio|terremoto|inundacion|guerra|bombarde@)",
      "(viol@|violacion|abuso@|abusaron|acos(o|a|ada|ado)|maltrat@|me pega|me pego|golpe(a|o) (a|me)|amenaz@ de muerte|violencia (de genero|domestica))",
      "(burnout|agotamiento|baja por (depresion|ansiedad|estres)|depresi@|ansiedad|ataque@ de (panico|ansiedad)|llor(o|ar|ando) (todos|todo|cada|sin|en|por)|sin llorar|crisis nerviosa|hundid[oa]|recai@|alcohol@|desesperad@)",
      "(divorci@|separaci@|separad[oa]s?|me (ha )?dej(o|ado)|custodia|se fue con los ninos)",
    ],
    unless: [
      "hospital oncologico|hospital@ (es|son) (nuestr|mi)@|client@ (es|son) .{0,20}hospital@",
      "(cliente@|cuenta|mercado|proveedor@) .{0,40}(hospital@|clinica@|funerari@|oncolog@|hospicio)|(hospital@|clinica@|funerari@) .{0,50}(client@|contrato|pedido)",
      "muer(to|ta|tos|o) de (risa|miedo|hambre|verguenza|cansancio|sueno)|punto muerto|(cliente@|sector|vendemos|software|mercado|segmento|producto|seguro@) .{0,60}(hospital@|clinica@|cancer|funerari@)|(hospital@|clinica@) .{0,60}(cliente@|mercado|contrato|software)|(despedi@|despedimos) (al|a la|del) (proveedor|agencia)|reunion de crisis|gabinete de crisis|casi (me da )?un infarto|violar (la|las|el) (norma|regla|ley|plazo)@?",
    ],
  },
  it: {
    says: [
      "non (vedo|trovo) (piu |nessun )*(alcun )?senso|messo alla porta|bombardat@|ci ha lasciato|ci ha lasciati",
      "(morto|morta|morti|e mancat[oa]|mancat[oa]|mori|deceduto|deceduta|scompars[oa]|funeral@|sepolt@|lutto|condoglianze|vedov[oa]|aborto|perso (il|nostro|mio|mia|la|il mio|la mia) (bambino|bimbo|figlio|figlia|padre|madre|papa|mamma|marito|moglie|fratello|sorella|amico|lavoro|posto|nonn@)|ci ha lasciat[oi]|se n e andat[oa]|se ne e andat[oa])",
      "(suicid@|si e tolt[oa] la vita|togliermi la vita|farla finita|non (voglio|ho voglia di) (piu )?(vivere|esserci)|(meglio|piu (facile|felici|semplice)|il mondo) .{0,20}senza di me|senza di me .{0,25}(meglio|piu (facile|felici|semplice)|il mondo)|scomparire|non vedo (una )?via d uscita|non ce la faccio piu)",
      "(cancro|tumore|leucemia|chemio@|radioterapia|biopsia|maligno|metastasi|terminale|palliativ@|diagnosi|diagnosticat@|ictus|infarto|terapia intensiva|rianimazione|coma|alzheimer|parkinson|sclerosi|dialisi|operat[oa]|operano|intervento (al|il|domani))",
      "(in|all|dall|dal|al) (ospedale|pronto soccorso|clinica|psichiatria)|ricoverat[oa]",
      "(licenziat[oa]|licenziato|licenziamento|mi hanno licenziat@|perso il (lavoro|posto)|disoccupat[oa]|cassa integrazione|contratto non (verra |sara )?rinnovato)",
      "(incidente (d auto|stradale|in moto|grave)|un incidente|investit[oa]|incendio|terremoto|alluvione|guerra|bombard@)",
      "(violentat@|stupr@|abus(i|ato|ata)|molest@|picchia@|maltratt@|minacciat@|violenza domestica|stalking|mobbing)",
      "(burnout|esaurimento|esaurit[oa]|depress@|ansia|attacchi? di (panico|ansia)|piang(o|ere|endo) (ogni|tutti|tutto|senza|in|sempre)|senza piangere|crollat[oa]|ricadut@|alcolist@|disperat[oa])",
      "(divorzi@|separazione|separat[oa]|separati|mi ha lasciat[oa]|affidamento|andat[oa] via di casa)",
    ],
    unless: [
      "(morto|morta|morire) (di|dalle|dal) (risate|ridere|vergogna|fame|sonno|paura)|(cliente@|clienti|settore|vendiamo|software|mercato|segmento|prodotto|assicuraz@) .{0,60}(ospedal@|clinic@|cancro|funebr@)|(ospedal@|clinic@) .{0,60}(client@|mercato|contratto|software)|licenziato (il|la|un) (fornitore|agenzia|consulente)|quasi .{0,20}infarto|infarto quando|riunione di crisi|unita di crisi",
    ],
  },
  pt: {
    says: [
      "não vejo (mais )?sentido|já não vejo sentido|não aguento mais|bombardead@|nos deixou (ontem|hoje|esta)",
      "(morreu|morto|morta|morte|faleceu|falecid[oa]|falecimento|enterr@|funeral|velorio|luto|condolencias|viuv[oa]|aborto|perdi (o|a|meu|minha|o meu|a minha) (bebe|filho|filha|pai|mae|marido|mulher|esposa|irmao|irma|emprego|trabalho|avo|amigo)|perdemos (o|a|nosso|nossa) (bebe|filho|filha|pai|mae)|partiu (no|na|ontem|esta)|nos deixou|deixou nos)",
      "(suicid@|tirar a (propria|minha) vida|tirou a (propria )?vida|por termo a vida|nao quero (mais )?(viver|existir)|vontade de (viver|morrer|desaparecer)|acabar com tudo|(melhor|mais (facil|felizes|simples)|o mundo) .{0,20}sem mim|sem mim .{0,25}(melhor|mais (facil|felizes|simples)|o mundo)|nao aguento mais|nao vejo saida)",
      "(cancro|cancer|tumor|leucemia|quimio@|radioterapia|biopsia|maligno|metastas@|terminal|paliativ@|diagnostic[oa]@|diagnostiqu@|avc|enfarte|infarto|derrame|cuidados intensivos|uti|coma|alzheimer|parkinson|esclerose|dialise|operad[oa]|cirurgia)",
      "(no|ao|do|num|na) (hospital|clinica|urgencia@|pronto socorro|psiquiatria)|internad[oa]|hospitaliz@",
      "(despedid[oa]|demitid[oa]|demissao|me demitiram|fui mandad[oa] embora|perdi o (emprego|trabalho)|desempregad[oa]|despedimento|contrato nao (vai ser |sera )?renovado)",
      "(acidente (de carro|de viacao|de moto|grave|de transito)|um acidente|atropelad[oa]|incendio|terramoto|terremoto|enchente|guerra|bombarde@)",
      "(violad[oa]|estupr@|abus(o|ada|ado|aram)|assedi(o|ada|ado|ou)|agredi@|bateu me|me bateu|me bate|ameac(a|ou) de morte|violencia domestica)",
      "(burnout|esgotamento|depress@|ansiedade|ataque@ de panico|crise de (panico|ansiedade)|chor(o|ar|ando) (todos|todo|toda|sem|no|na)|sem chorar|baixa (medica|psiquiatrica)|recaida|alcool@|desesper@)",
      "(divorci@|separacao|separad[oa]s?|me deixou|deixou me|saiu de casa|custodia|guarda dos filhos)",
    ],
    unless: [
      "(morr(er|i|endo)|morto|morta) de (rir|riso|vergonha|fome|medo|sono)|morreu na praia|ponto morto|(cliente@|setor|vendemos|software|mercado|segmento|produto|seguro@) .{0,60}(hospita@|clinica@|cancro|cancer|funerari@)|(hospita@|clinica@) .{0,60}(cliente@|mercado|contrato|software)|(despedimos|demitimos) (o|a) (fornecedor|agencia)|quase (tive|me deu) um (enfarte|infarto)|reuniao de crise|gabinete de crise",
    ],
  },
  nl: {
    says: [
      "zie (er )?(het )?(geen zin|nut niet) (meer|van in)|gebombardeerd|niet meer (verder )?leven|op straat gezet",
      "(overleden|overleed|gestorven|stierf|sterven|dood gegaan|doodgegaan|is dood|begrafenis|begraven|crematie|gecremeerd|uitvaart|rouw@|condole@|weduw@|miskraam|stilgeboren|(zoon|dochter|baby|kindje|vader|moeder|broer|zus|man|vrouw|vriend|vriendin|collega) .{0,20}verloren|ingeslapen)",
      "(zelfmoord@|suicid@|zelfdoding|van het leven beroofd|een einde (aan|te maken)|niet meer leven|er niet meer (zijn|ben|was)|(beter|makkelijker|gelukkiger|wereld|iedereen) .{0,20}zonder mij|zonder mij .{0,25}(beter|makkelijker|gelukkiger|wereld|iedereen)|afscheidsbrief|geen uitweg|kan niet meer|trek het niet meer)",
      "(kanker|tumor|leukemie|chemo@|bestraling@?|biopsie|kwaadaardig@?|uitzaaiing@|terminaal|palliatief|hospice|(de|een|die|mijn|zijn|haar|onze|nieuwe) diagnose|diagnose (is|was|kwam|kanker|gekregen)|gediagnosticeerd|beroerte|hartaanval|hartinfarct|hersenbloeding|intensive care|coma|dementie|alzheimer|parkinson|dialyse|geopereerd|operatie (op|morgen|aan))",
      "(in|naar|uit) (het|een|de) (ziekenhuis|kliniek|spoed@|psychiatr@)|opgenomen",
      "(ontslagen|ontslag (gekregen|aangezegd)|op straat gezet|baan (kwijt|verloren)|werkloos|boventallig|contract (wordt )?niet verlengd|reorganisatie .{0,20}(ik|mijn))",
      "(auto ?ongeluk|verkeersongeval|ernstig ongeluk|een ongeluk|aangereden|brand (in|verwoest)|afgebrand|aardbeving|overstroming|oorlog|bombard@)",
      "(verkracht@|misbruik@|aangerand|mishandel@|slaat (me|mij|ons)|sloeg (me|mij)|huiselijk geweld|bedreigd|gestalkt|gepest|intimid@)",
      "(burn ?out|overspannen|ingestort|depress@|paniekaanval@|angst ?stoornis|ziek thuis|ziekgemeld wegens|huil(en|de)? (elke|iedere|de hele|alleen|me)|zit thuis met|verslaafd|terugval|wanhop@|radeloos)",
      "(scheiding|gescheiden|gaan scheiden|uit elkaar|heeft me verlaten|voogdij|vertrokken met de kinderen)",
    ],
    unless: [
      "dood(lachen|moe|simpel|normaal|eng)|(klant@|sector|verkopen|software|markt|segment|product|verzeker@) .{0,60}(ziekenhui@|kliniek@|kanker|uitvaart@|hospice)|(ziekenhui@|kliniek@) .{0,60}(klant@|markt|contract|software)|leverancier .{0,20}ontslagen|bijna een hartaanval|crisisoverleg|crisisvergadering|gescheiden (van|houden|rekening@)|begrafenis ?verzekering",
    ],
  },
  sv: {
    says: [
      "(@aren|@anen|kollegan|chefen|grannen|kunden|vannen) dog( |$)|orkar inte (leva|längre|mer$)|bombad@|vill inte leva",
      "(avled|avlidit|avliden|(han|hon|hen|de|som|mamma|pappa|far|mor|farfar|morfar|farmor|mormor|man|fru|bror|syster|son|dotter|barn|van|kollega|chef|hund|katt) (plotsligt |hastigt |nyligen )?dog|har dott|dott|begravning@?|begravt|begravde|sorg |sorgen|gatt bort|gick bort|somnade in|ankeman|anka |missfall|forlorat (vart|min|mitt|mina) (barn|son|dotter|pappa|mamma|man|fru|bror|syster|jobb|vanner|van))",
      "(sjalvmord@|tog sitt liv|ta mitt liv|tagit sitt liv|vill inte leva|inte orkar leva|(battre|lattare|lyckligare|varlden) .{0,20}utan mig|utan mig .{0,25}(battre|lattare|lyckligare|varlden)|forsvinna|ingen utvag|orkar inte (mer|langre)|avskedsbrev)",
      "(cancer|tumor|leukemi|cellgift@|cytostatika|stralbehandling|biopsi|elakartad|metastas@|palliativ|diagnos(en|er|erna)?|diagnos(ti[sc]|t?ic)erad@|stroke|hjartinfarkt|hjarnblodning|intensivvard@|iva |koma|demens|alzheimer|parkinson|dialys|opereras|operation (pa|imorgon))",
      "(pa|till|fran|in pa) (sjukhus@|akuten|psyk@|kliniken)|inlagd",
      "(uppsagd|uppsagt|varslad|varsel|fatt sparken|fick sparken|sparkad|forlorat jobbet|arbetslos|avskedad)",
      "(bilolycka|trafikolycka|en olycka|svar olycka|pakord|brann ner|brand i|jordbavning|oversvamning|kriget|bomb@)",
      "(valdtag@|misshandl@|overgrepp|slar mig|slog mig|hotad|trakasser@|mobb(ad|ning)|valdsam|kvinnojour)",
      "(utbrand|utmattning@|sjukskriven|depression@|deprimerad|panikattack@|angest@|gratit|grater|bryter ihop|brot ihop|aterfall|alkoholist|fortviv@|hoppl@)",
      "(skilsmassa|skiljas|skild|separer@|lamnat mig|lamnade mig|vardnad@)",
    ],
    unless: [
      "do av (skam|skratt|nyfikenhet)|skratt(ade)? ihjal|(kund@|sektor|saljer|programvara|marknad|segment|produkt|forsakring@) .{0,60}(sjukhus@|klinik@|cancer|begravning@)|(sjukhus@|klinik@) .{0,60}(kund@|marknad|avtal)|leverantor@ .{0,20}(uppsagd|sparkad|uppsagt)|krismote|nastan (en )?hjartinfarkt|cancerforskning@",
    ],
  },
  da: {
    says: [
      "(far|mor|søn|sønn|datter|mand|mann|kone|bror|søster|mamma|pappa|ven|venn|veninde|venninne|bestefar|bestemor|farfar|mormor|morfar|farmor|barn) .{0,15}(døde|død|er gået bort|er borte)",

      "(far|mor|søn|sønn|datter|mand|mann|kone|bror|søster|mamma|pappa|ven|venn|veninde|venninne|bestefar|bestemor|farfar|mormor|morfar|farmor|barn) .{0,15}(døde|død|er gået bort|er borte)",

      "(dode|dod |afgik ved doden|gik bort|gaet bort|gaaet bort|sov ind|sovet ind|begravelse@?|begravet|bisat|bisaettelse|sorg |enke|enkemand|(en|sen|spontan|provokeret) abort|aborten|dodfodt|mistet (vores|min|mit|mine) (barn|son|datter|far|mor|mand|kone|bror|soster|job|ven))",
      "(selvmord@|tog sit (eget )?liv|tage mit liv|vil ikke leve|(bedre|lettere|lykkeligere|verden) .{0,20}uden mig|uden mig .{0,25}(bedre|lettere|lykkeligere|verden)|forsvinde|ingen udvej|kan ikke mere|afskedsbrev)",
      "(kraeft|kræft|tumor|leukaemi|leukæmi|kemo@|straalebehandling|biopsi|ondartet|metastas@|palliativ|hospice|(en|min|hans|hendes|fik|faet) diagnose|diagnosen|diagnoser|diagnosticeret|slagtilfaelde|blodprop|hjertestop|hjerneblodning|intensiv(t|en|afdeling@)?|koma|demens|alzheimer|parkinson|dialyse|opereres|(en|min|hans|hendes|til|efter|under|akut|stor) operation|operationen)",
      "(pa|paa|til|fra) (hospitalet|sygehuset|skadestuen|psykiatrisk@|klinik@)|indlagt",
      "(fyret|fyringsrunde|opsagt|mistet (jobbet|mit job)|arbejdslos|arbejdsløs|afskediget)",
      "(bilulykke|trafikulykke|en ulykke|kort ned|braendt ned|brændt ned|brand i|jordskaelv|oversvommelse|krigen|bomb@)",
      "(voldtag@|voldtægt|misbrug@|overgreb|slar mig|slog mig|truet|chikane@|mobb(et|ning)|krisecenter|vold i hjemmet)",
      "(udbraendt|udbrændt|stress ?sygemeldt|sygemeldt|depression@|depressiv|panikanfald|angst@|graeder|græder|graedt|brod sammen|brudt sammen|tilbagefald|alkoholi@|fortvivl@|haablos)",
      "(skilsmisse|skilt|skal skilles|forladt mig|forlod mig|foraeldremyndighed)",
    ],
    unless: [
      "do af (grin|skam|nysgerrighed)|(kunde@|sektor|saelger|software|marked|segment|produkt|forsikring@) .{0,60}(hospital@|sygehus@|klinik@|kraeft|begravelse@)|(hospital@|sygehus@|klinik@) .{0,60}(kunde@|marked|kontrakt)|leverandor@ .{0,20}(fyret|opsagt)|krisemode|naesten (et )?hjerteanfald",
    ],
  },
  nb: {
    says: [
      "(dode|dod|gikk bort|gatt bort|sovnet inn|begravelse@?|begravet|bisettelse|sorgen|enke|enkemann|spontanabort|dodfodt|mistet (vart|min|mitt|mine) (barn|sonn|son|datter|far|mor|mann|kone|bror|soster|jobb|venn))",
      "(selvmord@|tok sitt (eget )?liv|ta mitt (eget )?liv|vil ikke leve|orker ikke (mer|leve)|ingen utvei|avskjedsbrev)",
      "(kreft@?|svulst@?|leukemi|cellegift@|stralebehandling|biopsi|ondartet|metastase@|palliativ|hospice|diagnosen|diagnostisert|hjerneslag|hjerteinfarkt|hjertestans|hjerneblodning|intensiv(en|avdeling@)?|koma|demens|alzheimer|parkinson|dialyse|operert|operasjon@)",
      "(alvorlig|kritisk|dodelig|veldig) (syk|skadet)|(pa|til|fra) (sykehus@|legevakt@|psykiatrisk@|klinikk@)|innlagt",
      "(sparken|fikk sparken|sagt opp|oppsagt|nedbemann@|mistet jobben|arbeidsledig|avskjediget|permittert)",
      "(bilulykke|trafikkulykke|en ulykke|pakjort|brant ned|brann i|jordskjelv|flom@|krigen|bomb@)",
      "(voldtatt|voldtekt@|misbruk@|overgrep|slar meg|slo meg|truet|trakasser@|mobb(et|ing)|krisesenter)",
      "(utbrent|sykmeldt|depresjon@|deprimert|panikkanfall|angst@|grater|grat|brot sammen|brutt sammen|tilbakefall|alkoholi@|fortvilet|haplos@)",
      "(skilsmisse|skilt|skal skilles|forlatt meg|forlot meg|foreldrerett@)",
    ],
    unless: [
      "do av (latter|skam|nysgjerrighet)|(kunde@|sektor|selger|programvare|marked|segment|produkt|forsikring@) .{0,60}(sykehus@|klinikk@|kreft|begravelse@)|(sykehus@|klinikk@) .{0,60}(kunde@|marked|kontrakt)|leverandor@ .{0,20}(sparken|oppsagt|sagt opp)|krisemote|nesten (et )?hjerteinfarkt|sagt opp (avtalen|kontrakten|abonnement@)|kreftforskning@",
    ],
  },
  sk: {
    says: [
      "(zomrel@?|umrel@?|smrt@?|pohreb@?|pochova@|zosnul@?|zahynul@?|smutok|vdov@|potrat@|stratil@ (som |sme )?(dieta|otca|matku|otecka|mamu|syna|dceru|manzela|manzelku|brata|sestru|pracu|babatko)|prisli sme o (dieta|babatko|syna|dceru)|prisiel som o (pracu|otca|matku)|prisla som o (pracu|otca|matku|manzela))",
      "(samovrazd@|vzal@ si zivot|vziat si zivot|nechcem (uz )?zit|zmiznut|nevidim vychodisko|uz nevladzem|uz to nezvladam|list na rozlucku)",
      "(rakovin@|nador@?|leukemi@|chemo@|ozarovanie|biopsi@|zhubn@|metastaz@|paliativn@|hospic@?|diagnoz@|mrtvic@|infarkt@?|jis|kom(a|e)|demenci@|alzheimer@|parkinson@|dialyz@|operaci@|operova@)",
      "(v|do|z|na) (nemocnici|nemocnice|klinike|psychiatri@|pohotovosti)|hospitaliz@|tazko (chory|chora|zraneny|zranena)",
      "(vyhodili ma|vyhadzov|vypoved (od|som|z)|dostal@ som vypoved|nezamestnan@|prepusten@|prepustili)",
      "(autonehod@|nehod@|zrazilo|poziar@?|vyhorel@|zemetrasenie|povoden|povodn@|vojn@|bombard@)",
      "(znasiln@|zneuziv@|zneuzil@|bije ma|udrel@ ma|domace nasilie|vyhraz@|obtazova@|sikan@|mobbing)",
      "(vyhoren@|vyhorel@ som|zrutil@|depresi@|panick@ atak@|uzkost@|pn ka|placem|plakala|plakal|alkoholi@|recidiv@|zufal@|na dne)",
      "(rozvod@|rozvadz@|rozisli|opustil@ ma|odisiel od (mna|nas)|odisla od (mna|nas)|odo mna odis@)",
    ],
    unless: [
      "(umieram|umrel@) (od smiechu|od hanby|od nudy|od hladu)|mrtvy bod|(zakazni@|klient@|sektor|predavame|softver|trh|segment|produkt|poisten@) .{0,60}(nemocnic@|klinik@|rakovin@|pohreb@)|nemocnic@ .{0,60}(zakazni@|zmluv@|trh)|dodavatel@ .{0,20}(vyhodil@|vypoved@|prepust@)|krizov@ (porad@|stretnuti@)|skoro .{0,14}infarkt",
    ],
  },
  fi: {
    says: [
      "(kuoli|kuollut|kuoleman|kuolema|menehty@|nukkui pois|hautajais@|haudattiin|hautasimme|suru@|leski|keskenmeno@|menetimme (lapsen|vauvan)|menetin (isani|aitini|lapseni|mieheni|vaimoni|tyoni|tyopaikkani|veljeni|siskoni))",
      "(itsemurh@|riisti henkensa|en halua (enaa )?elaa|(parem@|helpom@|onnellise@|maailma) .{0,20}ilman minua|ilman minua .{0,25}(parem@|helpom@|onnellise@|maailma)|ei jaksa elaa|en jaksa enaa|en nae ulospaasya|jaahyvaiskirj@)",
      "(syopa|syovan|kasvain|leukemia|sytostaat@|sadehoi@|koepala|pahanlaatu@|etapesak@|saattohoi@|diagnoosi@?|aivohalvau@|sydankohtau@|aivoverenvuo@|teho osasto@|tehohoi@|koomassa|dementia|alzheimer|parkinson|dialyysi|leikkaus|leikataan)",
      "(sairaala(ssa|an|sta)|psykiatri@ osasto@|paivystyksessa|ensiavussa)",
      "(irtisano@|potkut|sain kenkaa|menetin tyoni|tyotto@|lomautet@|tyopaikka meni)",
      "(auto ?onnettomuu@|liikenneonnettomuu@|onnettomuu@|kolari@|tulipalo|paloi|maanjaristy@|tulva@|sota |sodan|pommi@)",
      "(raiska@|hyvaksikayt@|pahoinpitel@|lyo minua|loi minua|uhkail@|ahdistel@|kiusat@|kiusaami@|perhevakival@|turvakoti@)",
      "(burnout|loppuunpala@|uupumu@|uupunut|sairauslomalla|masennu@|masentunut|paniikkikoh@|ahdistu@|itken|itkin|romahd@|retkahd@|alkoholi@|epatoivo@)",
      "(avioero@|erosimme|jatti minut|huoltajuu@)",
    ],
    unless: [
      "kuol(la|in|en) (nauruun|hapeasta|nalkaan|tylsyyteen)|(asiak@|toimiala|myymme|ohjelmisto|markkina@|segmentti|vakuutu@) .{0,60}(sairaal@|klinik@|syopa@|hautau@)|sairaala@ .{0,60}(asiak@|sopimu@)|toimittaj@ .{0,20}irtisano@|kriisikokou@|melkein sydankohtau@",
    ],
  },
  pl: {
    says: [
      "(umarl@?|zmarl@?|smierc@?|odszedl@?|odeszl@|pogrzeb@?|pochowa@|zalob@|wdow@|poronil@|poronieni@|stracil@ (dziecko|ojca|matke|mame|tate|syna|corke|meza|zone|brata|siostre|prace)|zgina@|nie zyje|stracili@ (dziecko|syna|corke))",
      "(samoboj@|odebral@ sobie zycie|odebrac sobie zycie|nie chce (juz )?zyc|(lepiej|latwiej|lzej|swiat) .{0,20}beze mnie|beze mnie .{0,25}(lepiej|latwiej|lzej|swiat)|zniknac|nie widze wyjscia|nie mam (juz )?sil|nie daje (juz )?rady|list pozegnalny)",
      "(rak |rak$|raka|nowotwor@|guz |guza|bialaczk@|chemi@ od|chemioterap@|radioterap@|biopsj@|zlosliw@|przerzut@|terminaln@|paliatywn@|hospicjum|diagnoz@|udar@?|zawal@?|wylew@?|intensywn@ terapi@|oiom@|spiaczk@|demencj@|alzheimer@|parkinson@|dializ@|operacj@)",
      "(w|do|ze|z) (szpitalu|szpitala|klinice|szpital|psychiatr@|sor)",
      "(zwolnion@|zwolnili mnie|zwolnili|wypowiedzenie|stracil@ prace|bezrobotn@|wyrzucili mnie|redukcj@ etat@|umow@ nie (zostanie )?przedluz@)",
      "(wypadek|wypadku|wypadek samochodowy|potracil@|pozar@?|splonal|trzesienie ziemi|powodz|wojn@|bomb@|na front|front(u|em|owi)|froncie)",
      "(zgwalc@|gwalt@|molest@|pobil@|bije mnie|przemoc@|grozi@ mi|przesladu@|mobbing@|nekani@)",
      "(wypalen@|burnout|zalaman@|depresj@|atak@ paniki|lek@ napad@|zwolnieni@ lekarsk@|placz@ (co|w|po|caly)|nie moge przestac plakac|alkoholi@|nawrot|rozpacz@)",
      "(rozwod@|rozstal@|separacj@|zostawil@ mnie|odszedl@ od@|opiek@ nad dzie@)",
    ],
    unless: [
      "(umier@|umarl@) (ze|z) (smiechu|wstydu|nudow|glodu)|martwy punkt|(klient@|sektor|sprzedajemy|oprogramowani@|rynek|segment|produkt|ubezpieczen@) .{0,60}(szpital@|klinik@|rak@|pogrzeb@)|szpital@ .{0,60}(klient@|umow@|rynek)|(zwolnili@|zwolnil@) dostawc@|kryzysow@ (zebrani@|spotkani@)|prawie zawal@|zawalony",
    ],
  },
  cs: {
    says: [
      "(zemrel@?|umrel@?|smrt@?|pohreb@?|pohrb@|zesnul@?|odesel navzdy|odesla navzdy|zahynul@?|smutek|vdov@|potrat@|ztratil@ (jsem |jsme )?(dite|otce|matku|tatu|mamu|syna|dceru|manzela|manzelku|bratra|sestru|praci|miminko)|prisli jsme o (dite|miminko|syna|dceru)|prisel@ jsem o (praci|otce|matku|tatu|mamu|dite|manzela|zenu))",
      "(sebevrazd@|vzal@ si zivot|vzit si zivot|nechci (uz )?zit|(lip|lepe@|snaz@|svet) .{0,20}beze me|beze me .{0,25}(lip|lepe@|snaz@|svet)|zmizet|nevidim vychodisko|uz nemuzu|uz to nezvladam|dopis na rozloucenou)",
      "(rakovin@|nador@?|leukemi@|chemo@|ozarovani|biopsi@|zhoubn@|metastaz@|paliativn@|hospic@?|diagnoz@|mrtvic@|infarkt@?|jip|ari |kom(a|atu)|demenc@|alzheimer@|parkinson@|dialyz@|operac@)",
      "(v|do|z) (nemocnici|nemocnice|klinice|psychiatri@|na pohotovosti)|hospitaliz@",
      "(vyhodili me|vyhazov|vypoved (od|jsem|z)|dostal@ (jsem )?vypoved|prisel@ o (praci|misto)|nezamestnan@|propusten@|propustili)",
      "(autonehod@|nehod@|srazilo|pozar@?|vyhorel@|zemetreseni|povoden|povodn@|valk@|bombard@)",
      "(znasiln@|zneuziv@|zneuzil@|bije me|uhodil@ me|domaci nasili|vyhruz@|obtezov@|sikan@|mobbing)",
      "(vyhoren@|vyhorel@ jsem|zhroutil@|depres@|panick@ atak@|uzkost@|neschopenk@|plac(u|i) (kazd|cel|v)|brecim|alkoholi@|recidiv@|zoufal@)",
      "(rozvod@|rozvadim|rozesli|opustil@ me|odesel@ od nas|svereni deti)",
    ],
    unless: [
      "(umir@|umrel@) (smichy|hanbou|nudou|hlady)|mrtvy bod|(zakazni@|klient@|sektor|prodavame|software|trh|segment|produkt|pojisten@) .{0,60}(nemocnic@|klinik@|rakovin@|pohreb@)|nemocnic@ .{0,60}(zakazni@|smlouv@|trh)|dodavatel@ .{0,20}(vyhodil@|vypoved@|propust@)|krizov@ (porad@|schuzk@)|skoro (jsem |me )?.{0,10}infarkt",
    ],
  },
  tr: {
    says: [
      "(oldu(?! (mu|icin|sonra|gibi|kadar|ama|bu))|vefat@|cenaze@?|defnet@|topraga ver@|olum@|kaybettik|kaybettim|hayatini kaybet@|yas tut@|taziye@|dusuk yap@|bebegimizi|basiniz sag)",
      "(intihar@|canina kiy@|yasamak istemiyorum|(daha (iyi|rahat|mutlu|kolay)) .{0,20}ben olmasam|ben olmasam .{0,25}(daha (iyi|rahat|mutlu|kolay))|yok olmak|cikis yolu|dayanamiyorum|veda mektubu)",
      "(kanser@?|tumor@?|losemi|kemoterapi|radyoterapi|biyopsi|kotu huylu|metastaz|son evre|teshis@|tani kon@|felc@|inme|kalp krizi|beyin kanama@|yogun bakim@|komada|alzheimer|parkinson|diyaliz|ameliyat@)",
      "(hastane(de|ye|den)|klinige|acilde|acil servis@|psikiyatri)",
      "(isten (cikar@|atil@|kovul@)|isimi kaybet@|kovuldum|issiz@|tazminat@|sozlesmem (yenilenm|feshed)@)",
      "(trafik kazasi|kaza (yap@|gecir@)|kazasi|araba carp@|yangin@|deprem@|sel |savas@|bomba@)",
      "(tecavuz@|taciz@|istismar@|dovuyor|dovdu|siddet@|tehdit ed@|mobbing|siginma evi)",
      "(tukenmislik@|burnout|depresyon@|panik atak@|anksiyete|raporluyum|agliyorum|aglamadan|agladim|coktum|cokus|bagimli@|umutsuz@|caresiz@)",
      "(bosan@|ayrildik|beni terk etti|velayet@)",
    ],
    unless: [
      "(gulmekten|utanctan|meraktan|acliktan|yorgunluktan) (ol@|kiril@)|(musteri@|sektor|satiyoruz|yazilim|pazar|segment|urun|sigorta@) .{0,60}(hastane@|klinik@|kanser|cenaze)|hastane@ .{0,60}(musteri@|sozlesme|pazar)|tedarikci@ .{0,20}kov@|kriz toplanti@|(musteri@|ihale@|anlasma@|hesab@) (kaybett@)|az kalsin kalp krizi",
    ],
  },
  ru: {
    says: [
      "разбомб@|бомбеж@|бомбёж@|обстрел@|эвакуир@|беженц@|(не вижу|нет) (больше )?смысла (жить|ни в чем|ни в чём)",
      "(умер|умерла|умерли|умирает|смерт@|скончал@|похорон@|похоронили|погиб@|траур@|соболезн@|вдов@|выкидыш|не стало|потеряли (ребенка|сына|дочь)|потерял@ (отца|маму|мать|папу|сына|дочь|мужа|жену|брата|сестру|ребенка|работу|друга))",
      "(самоубий@|покончил@|суицид@|свести счеты|не хочу (больше )?жить|(лучше|легче|проще|счастливее) .{0,20}без меня|без меня .{0,25}(лучше|легче|проще|счастливее)|исчезнуть|нет выхода|не вижу выхода|больше не могу|сил (больше )?нет|прощальн@ письм@)",
      "(рак |рак$|рака|раком|опухол@|леике@|лейке@|химиотерап@|химию|облучени@|биопси@|злокачеств@|метастаз@|паллиатив@|хоспис@|диагноз@|инсульт@|инфаркт@|реанимац@|кома |коме|кому|деменци@|альцгеим@|паркинсон@|диализ@|операци@)",
      "(в|из|к) (больниц@|клиник@|психиатр@|госпитал@)|госпитализ@|на скорой",
      "(уволили|увольнен@|уволен@|сократили|сокращени@|потерял@ работу|без работы|безработн@|контракт не продл@)",
      "(авари@|дтп|сбила машина|сбил@|пожар@|сгорел@|землетряс@|наводнен@|воин@|война|бомб@|обстрел@|на фронте)",
      "(изнасил@|домога@|насили@|избил@|бьет|бил меня|угрожа@|травл@|буллинг)",
      "(выгоран@|выгорел@|депресс@|паническ@ атак@|больничн@|нервн@ срыв@|плач@|рыда@|срыв@|запои|алкогол@|отчаян@|не справля@)",
      "(развод@|разводимся|разошлись|ушел от|ушла от|бросил@ меня|опек@)",
    ],
    unless: [
      "(умер@|умира@) (со смеху|от смеха|от стыда|от скуки|с голоду)|мертв@ точк@|(клиент@|сектор|продаем|программ@|рынок|рынк@|сегмент|продукт|страхов@) .{0,60}(больниц@|клиник@|рак@|похорон@)|больниц@ .{0,60}(клиент@|контракт|рын@)|поставщик@ .{0,20}уволил@|кризисн@ (совещан@|встреч@)|чуть не .{0,12}инфаркт|конфликт@ воин|войну цен|ценов@ воин@",
    ],
  },
  uk: {
    says: [
      "(помер@|смерт@|похова@|похорон@|загину@|траур@|співчутт@|вдов@|викиден@|не стало|втратили (дитину|сина|доньку)|втратил@ (батька|маму|тата|сина|доньку|чоловіка|дружину|брата|сестру|роботу|дитину|друга))",
      "(самогубств@|наклал@ на себе|не хочу (більше )?жити|(краще|легше|простіше|щасливіш@) .{0,20}без мене|без мене .{0,25}(краще|легше|простіше|щасливіш@)|зникнути|не бачу виходу|більше не можу|немає сил)",
      "(рак |рак$|раку|пухлин@|леикемі@|лейкемі@|хіміотерапі@|опромінен@|біопсі@|злоякісн@|метастаз@|хоспіс@|діагноз@|інсульт@|інфаркт@|реанімаці@|кома|комі|деменці@|операці@)",
      "(в|у|з|до) (лікарн@|клініц@|психіатр@|шпитал@)|госпіталіз@",
      "(звільнили|звільнен@|скоротили|втратил@ роботу|без роботи|безробітн@)",
      "(аварі@|дтп|збила машина|пожеж@|згорі@|землетрус|повін@|віин@|війн@|бомб@|обстріл@|на фронті|ракет@|окупац@)",
      "(зґвалт@|згвалт@|домага@|насильств@|побив@|б є мене|погрож@|цькуван@|булінг)",
      "(вигоран@|вигорі@|депресі@|панічн@ атак@|лікарнян@|нервов@ зрив|плачу|ридаю|алкогол@|відча@|не справля@)",
      "(розлучен@|розлучаємося|розіишл@|пішов від|пішла від|кинув мене|кинула мене)",
    ],
    unless: [
      "(помер@|вмира@|помира@) (зі сміху|від сміху|від сорому)|мертв@ точк@|(клієнт@|сектор|продаємо|програм@|рин@|сегмент|страхуван@) .{0,60}(лікарн@|клінік@|рак@)|лікарн@ .{0,60}(клієнт@|контракт)|кризов@ нарад@",
    ],
  },
  ja: {
    says: [
      "(亡くな|他界|死去|死亡|逝去|逝き|葬儀|葬式|お通夜|告別式|喪中|訃報|忌引|流産|死産|死んで(しま|い)|亡くし)",
      "(自殺|自死|命を絶|死にたい|消えて(しまい|なくなり)たい|生きて(い)?たくない|いなくなりたい|生きる(意味|気力)|もう(限界|無理|疲れ))",
      "(がん(と|で|が|に|の|を)|癌|腫瘍|白血病|抗がん剤|化学療法|悪性|転移|余命|緩和ケア|ホスピス|脳梗塞|脳卒中|心筋梗塞|くも膜下|集中治療|意識不明|危篤|認知症|難病|透析|手術(を|が|する|に))",
      "(入院|救急搬送|病院に(運|いま|い)|病床|精神科)",
      "(解雇|クビ|リストラ|失業|職を失|雇い止め|契約(を)?(打ち切|更新されな)|退職を(迫|勧め))",
      "(事故(に|で)|交通事故|火事|火災|地震(で|に)|津波|洪水|戦争|爆撃)",
      "(暴力|暴行|性被害|セクハラ|パワハラ|虐待|ストーカー|いじめ|殴ら|\\bdv\\b)",
      "(うつ|鬱|燃え尽き|適応障害|パニック障害|休職|診断(され|が|を)|涙が止ま|泣いて(ばかり|い)|眠れ(ない|ません)|心が折れ|依存症)",
      "(離婚|別居|別れ(る|ま)|親権)",
    ],
    unless: [
      "(死にそうですが|死ぬほど|笑い死|死語|デッド|必死|がん(ばり|ば)|頑張)|(顧客|お客|取引先|商談|市場|製品|ソフト|営業先|クライアント)[^。]{0,25}(病院|がん|クリニック|葬儀)|(病院|クリニック|葬儀社|がんセンター)[^。]{0,25}(顧客|お客|契約|取引|向け|商談)|(企画|案件|商談)(が|は)(死|没)",
    ],
  },
  zh: {
    says: [
      "裁(了|员|掉)|被裁|失业|开除|解雇|辞退|炸(毁|了)",
      "(去世|过世|過世|逝世|离世|離世|病逝|丧事|葬礼|葬禮|追悼|出殡|丧(父|母|夫|妻|子)|流产|死了|走了(，|。|$)|失去了(我的|我们的|父亲|母亲|爸爸|妈妈|孩子|妻子|丈夫))",
      "(自杀|自殺|轻生|不想活|活不下去|想死|结束生命|消失算了|没有我[^。]{0,12}(更好|更轻松|更幸福)|(更好|更轻松|更幸福)[^。]{0,8}没有我|撑不下去|绝望)",
      "(癌|肿瘤|腫瘤|白血病|化疗|放疗|恶性|转移|晚期|确诊|中风|脑梗|心梗|脑出血|重症监护|\\bicu\\b|昏迷|病危|手术|透析|痴呆)",
      "(住院|在医院|送医院|送医|急诊|进医院|急救)",
      "(被裁|裁员|被辞退|被解雇|失业|丢了工作|开除|合同不续)",
      "(车祸|事故|火灾|地震|洪水|战争|轰炸)",
      "(强奸|性侵|性骚扰|家暴|虐待|殴打|霸凌|威胁我|打我)",
      "(抑郁|崩溃|焦虑症|恐慌|倦怠|病假|一直哭|天天哭|哭了|失眠|酗酒|扛不住)",
      "(离婚|離婚|分手|分居|抚养权)",
    ],
    unless: [
      "(笑死|累死|烦死|忙死|饿死|气死|死线|死板)|(客户|客戶|市场|产品|软件|销售|供应商|行业|项目)[^。]{0,20}(医院|癌|肿瘤|诊所|殡葬)|(医院|诊所)[^。]{0,20}(客户|合同|市场|采购|项目)|(项目|交易|单子|方案)(死|黄)了|死了这条心",
    ],
  },
  hu: {
    says: [
      "(meghalt|elhunyt|halal@?|temetes@?|eltemet@|gyasz@|ozvegy@|elvetel@|elveszitett@ (az |a )?(apa|anya|apam|anyam|gyerek|ferj|feleseg|munka|allas)@)",
      "(ongyilkos@|veget vetni|nem akarok elni|(jobb|konnyebb|boldogabb@?) .{0,20}nelkulem|nelkulem .{0,25}(jobb|konnyebb|boldogabb@?)|nincs kiut|nem birom tovabb)",
      "(rak |rakos|rakot|daganat@|leukemi@|kemo@|sugarkezel@|szovettan@|rosszindulatu|attet@|hospice|diagnozis@|stroke|szivinfarktus@|agyverzes@|intenziv@|koma@|alzheimer|muteni|mutet@|dializis@)",
      "korhaz(ban|ba|bol)|kirugtak|elbocsat@|felmondtak nekem|elvesztettem az allasom|munkanelkuli@|baleset@|tuzvesz@|foldreng@|haboru@",
      "(megeroszak@|zaklat@|bantalmaz@|megvert|ver engem|fenyeget@|kieges@|depresszi@|panikroham@|osszeomlott@|sirok|sirtam|valas|elvaltunk|elhagyott)",
    ],
    unless: [
      "meghaltam a nevetestol|(ugyfel@|piac|szoftver|termek|biztosit@) .{0,60}(korhaz@|klinika@|temetk@)|korhaz@ .{0,60}(ugyfel@|szerzod@)|beszallito@ .{0,20}(kirugt@|felmond@)|krizismegbeszel@",
    ],
  },
  ro: {
    says: [
      "(a murit|au murit|decedat@|deces@|inmormant@|ingropat@|doliu|vaduv@|avort@|pierdut (sarcina|copilul|pe (tata|mama|sotul|sotia|fratele|sora|fiul|fiica)|tata|mama|slujba|locul de munca|jobul)|s a stins|ne a parasit)",
      "(sinucid@|sinucider@|sa mi iau viata|si a luat viata|nu mai vreau sa traiesc|(mai (bine|usor|fericiti)|lumea) .{0,20}fara mine|fara mine .{0,25}(mai (bine|usor|fericiti)|lumea)|nu vad iesire|nu mai pot)",
      "(cancer@?|tumoare|tumora|leucemi@|chimio@|radioterap@|biopsi@|malign@|metastaz@|paliativ@|diagnostic(at@|ul@)|avc|accident vascular|infarct@|terapie intensiva|coma|alzheimer|operat(a|i|ie|ia|iei|ii|iile)?|dializa)",
      "(in|la|din) (spital@|clinica|urgente|psihiatrie)|internat(a|i)?|concediat@|dat afara|am fost dat@|disponibiliz@|somer(i|ul|aj@)?|accident@ (de masina|rutier|grav)|un accident|incendiu|cutremur|inundat@|razboi",
      "(violat(a|i|or@)?|abuz@|agresat@|hartuit@|hartuir@|batut@|ma bate|amenint@|violenta|burnout|epuizare@|depresi@|atac@ de panica|plang |(am|a|au|de) plans|clacat|alcool@|disperat@|divort@|despart@|m a parasit)",
    ],
    unless: [
      "mort de (ras|rusine)|(client@|piata|software|produs|asigurar@) .{0,60}(spital@|clinic@)|spital@ .{0,60}(client@|contract)|furnizor@ .{0,20}(concediat@)|sedinta de criza",
    ],
  },
  el: {
    says: [
      "(πεθανε|πεθαναν|απεβιωσε|εφυγε απο τη ζωη|θανατο@|κηδεια|ταφη|πενθο@|χηρ@|αποβολη|χασαμε (το|τον|την)|εχασα (τον πατερα|τη μητερα|τη δουλεια|τον αντρα|τη γυναικα|το παιδι|τον αδερφο|την αδερφη))",
      "(αυτοκτον@|να δωσω τελος|εδωσε τελος|δεν θελω να ζω|(καλυτερα|ευκολοτερ@|πιο ευτυχισμενοι) .{0,20}χωρις εμενα|χωρις εμενα .{0,25}(καλυτερα|ευκολοτερ@|πιο ευτυχισμενοι)|δεν αντεχω|δεν βλεπω διεξοδο)",
      "(καρκιν@|ογκο@|λευχαιμια|χημειο@|ακτινοβολι@|βιοψια|κακοηθ@|μεταστα@|διαγνω@|εγκεφαλικο|εμφραγμα|εντατικη|κωμα|αλτσχαιμερ|χειρουργει@|εγχειρηση|αιμοκαθαρση)",
      "νοσοκομειο|κλινικη|επειγοντα|απολυ@|απελυσαν|εχασα τη δουλεια|ανεργ@|ατυχημα|τροχαιο|πυρκαγια|φωτια στο|σεισμο@|πλημμυρ@|πολεμο@",
      "(βιασ@|κακοποι@|παρενοχλ@|με χτυπ@|με δερνει|απειλ@|επαγγελματικη εξουθενωση|burnout|καταθλιψη|κρισεις? πανικου|κλαιω|κατερρευσα|διαζυγιο|χωρισαμε|με αφησε)",
    ],
    unless: [
      "πεθανα (στα γελια|απο τα γελια|απο ντροπη)|(πελατ@|αγορα|λογισμικο|προιον|ασφαλ@) .{0,60}(νοσοκομει@|κλινικ@)|νοσοκομει@ .{0,60}(πελατ@|συμβαση)|συσκεψη κρισης",
    ],
  },
};
