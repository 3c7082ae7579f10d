/**
 * How people steer their course, by language, in the notation of `pattern.ts`. `{me}` and `{ours}` are those of leaving.
 */
export interface SteeringWords {
  /** Units of time with their days, and the numbers that stand before them. */
  units: Record<string, number>;
  numbers: string[];
  /** What says that an end follows: "until". */
  until: string;
  /** A time without a day: holidays, a quarter's end. */
  vague: string;
  /** Requests wherever they stand. A pause counts only with what makes it one: it may have an end, or none. */
  pause: string[];
  resume: string[];
  next: string[];
  slower: string[];
  faster: string[];
  journal: string[];
  help: string[];
  /** The same as a sentence of their own: they count beside courtesies only, or with a "please" in them. */
  alone: {
    pause: string;
    resume: string;
    next: string;
    slower: string;
    faster: string;
    journal: string;
    help: string;
  };
  /** Requests for what nobody can do by a word, and thoughts of a pause. */
  nearly: string[];
}

const en: SteeringWords = {
  units: { "weeks?|wks?": 7, "months?": 28, "days?": 1, "fortnights?": 14 },
  numbers: [
    "a|an|one|1",
    "two|a couple of|couple of|2",
    "three|3",
    "four|4",
    "five|5",
    "six|6",
    "seven|7",
    "eight|8",
    "nine|9",
    "ten|10",
    "eleven|11",
    "twelve|12",
  ],
  until:
    "until|till|til|up to|through|before|by|back (on|from|at work)|back in( the)? @|return@|again on|from",
  vague:
    "whenever|in (the )?(summer|winter|spring|autumn|fall|new year|holidays)|(over|during|for|through|until after|after|around) (the |my |our )?(holidays?|christmas|new year|easter|summer|vacation|weekend|move|q[1-4]|quarter|season|audit|launch|trade fair|leave|break)",
  pause: [
    "hold (until|till|til|for) (?!me|the line)",
    "(can|could|may|might) ({ours}|they) (please )?(stop|pause|rest|wait|be (paused|stopped|put on hold|suspended|halted)) ?(until|till|til|for|over|#)",
    "(don t|do not|pls don t) (send|mail|email) (me |us )*(anything|any more|more|any)( more| else| at all)? (until|till|til|before|for)",
    "pause (from|starting|as of)",
    "(give|grant|allow) (me|us) a (short |little |longer |quick |@ week |@ month )?(break|pause|rest|breather)( from {ours}|) ?(until|till|til|for|over|#)",
    "(can|could|would|will) (you|u) (please |kindly )?not (send|email|mail) (me |us |)*(anything|any @|lessons|these|{ours})( until| till| til| for| before)",
    "({ours}|they) (could|can|may|might|would) (please )?(stop|pause|rest|wait|be (paused|stopped|put on hold|suspended|halted|on hold))( until| till| for| from)",
    "(take|have|need|like|want) a (@ )?(break|rest|pause) from (the |your |these )?{ours}",
    "(send|mail) (me )?(nothing|no {ours}) (until|till|til|before|for)",
    "(pause|pausing|suspend|suspending|freeze|freezing|halt|halting|interrupt|hold|holding|hold off|hold off on|park|stop|stopping|withhold) (sending |with |on )?(me |us |)?({ours}|me|us|my @|everything|(?<!stop )(it|this)|(it|this)(?= (until|till|til|for|over|while|during|please|now))|sending(?= (until|till|til|for|me|us|them|these|lessons|please|now)|$))",
    "(put|putting|place) ({ours}|me|us|my @|it|this|everything|things) on (hold|pause|ice|a break)",
    "(put|place) on (hold|pause)",
    "(no|not any|don ?t send|do not send|skip|without) (any |more |me |me any |further |)*{ours} *(until|till?|for|before|over|during|while|this|next|now|at the moment|today|tomorrow|from)",
    "(like|need|want|take|have|request|get|love) (to take |to have |)?a (short |little |longer |quick |@ week |@ month |)?(break|pause|rest|time out) ?(from {ours}|for|until|till|over|now|with {ours}|#)",
    "skip (the |)next (@ )?(weeks?|months?)|hold off (until|till|for|sending|with|on)",
    "(away|gone|off|out|travel@|on leave|on holiday|on vacation) *(please |pls |so )?(pause|hold)",
    "(need|want|like|have|going) to pause( {ours}|)",
    "(please|pls|kindly|can you|could you|can we|could we) pause",
    "pause (me|{ours})",
    "pause (for|until|till|til)",
    "hold (these|those|them) back",
  ],
  resume: [
    "(start|begin|resume|restart|continue) ({ours}|them|it) (again|once more)|send(ing)? {ours} (again|once more)",
    "(i m|i am) (ready|happy|keen|able) to (start|go on|continue|resume|carry on)( again|)( with {ours}|) ?#",
    "(switch|turn) me (back )?on",
    "(you can|you may|please|we can|let s|i m ready to|ready to|happy to|time to) (now |please |)*(start|begin|resume|continue|go on|carry on|restart|proceed|unpause)( again| now| sending| with the course| the course| {ours}|) ?#",
    "start sending( {ours}| me| them|)( again|) ?#",
    "(resume|resuming|unpause|un pause|reactivate|restart|continue|reinstate|recommence|unfreeze) (me|{ours}|my @|sending|it|with)",
    "(end|lift|stop|cancel|finish|take off) (my|the|this) (pause|break|hold)",
    "take me off (pause|hold)",
    "(start|begin|keep|carry|go|get) (sending |on |going )?(sending |with )?({ours}) (again|now|once more)",
    "(pick|take) ({ours}|it) (back )?up (again|where)",
    "(please|pls|kindly|can you|could you|ready to|like to|want to|can we) (resume|continue|unpause|start again|go on|carry on|restart)( {ours}|) ?#",
    "(turn|switch) ({ours}|it) (back )?on( again|)",
  ],
  next: [
    "ready for (the |my )?next( one| lesson| part| chapter| mail)? ?#",
    "(send|get|give|have) (me |us )?(the )?(lesson|part|module|chapter) (number |no )?@ (now|already|today|early|straight away)",
    "can t wait for (the |my )?next (one|lesson|part)",
    "(love|want|like|need) (to have |to get |to read |)?(the |my )next (one|lesson|part)",
    "(get|have|receive) (the |my )next (one|lesson|part) (early|sooner|now|today)",
    "(send|sending|give|get|have|receive|see|deliver|mail|email|release) (me |us |)?(please |)?(the |my |)(next|following)( one| lesson| part| email| mail| chapter| module| instalment|) ?(now|today|already|early|early please|right away|straight away|at once|immediately|earlier|sooner|asap|#)",
    "(send|get|give|have|receive|read) (me |)?(the |my |)(next|following) (one|lesson|part|email|chapter|module)",
    "(next|following) (lesson|one|part|chapter|module|email) (now|please|right away|today|asap|immediately|straight away)",
    "(please|ready for|like) (the |my )?next (lesson|one|part|chapter|module)",
    "(can t|cannot|don t want to) wait .{0,40}next (lesson|one)",
  ],
  slower: [
    "(prefer|like|want|need) a (slower|gentler|less frequent) (pace|rhythm|tempo|schedule)",
    "(space|spread) ({ours}|these|those|them|it) (out|further|more|apart)( more| a bit| a little|)|further apart",
    "(please |only |just |once |rather )+(once|one) (lesson |email |)?(a|per|every) (week|fortnight|month|two weeks)",
    "(slow|slower) (it|this|me|things) down",
    "(slow|slowing) (down |)?(the |my |these |this |it |them |things |)*({ours}|it|them|things|pace|this)? ?(down|a bit|a little|for me|#)",
    "(please |could you |can you |would you |)(send|sending|get|receive|receiving|have|deliver) (me |us |them |these |it |the |)*({ours} |)?(less often|less frequently|more slowly|slower|every two weeks|every other week|every second week|fortnightly|at a slower pace|once a fortnight|biweekly|bi weekly|not so often)",
    "(give|need|have|want|leave) (me |us |)?(more|longer|some more) (time|space|room|gap) between (the )?({ours})",
    "(go|make|take|set|be|run) (a bit |a little |it |them |things |this |{ours} )?(a bit |a little |)*(slower|more slowly)( with {ours}| for me| please|) ?#",
    "(slower|less frequent) (pace|rhythm|lessons|emails)( please| for me|) ?#",
    "(reduce|lower|decrease) (the |my )?(pace|frequency|tempo|speed)",
    "(fewer|less) (lessons|e ?mails|mails)( a week| per week| please|)",
  ],
  faster: [
    "(want|like|prefer|get|have|receive|send|love) *(every day|daily(?! (business|work|grind|routine|meeting|report|call|stand))|twice a week|two (lessons |emails |)(a|per) week|three (lessons |)(a|per) week|twice as often)",
    "(prefer|like|want|need) a (faster|quicker) (pace|rhythm|tempo|schedule)",
    "(speed|speeding) (up )?({ours}|it|them|things|the pace|this|me|my @)( up|)( a bit| a little| please| for me|)",
    "(send|get|receive|have|deliver) (me |us |them |these |)*({ours} |)?(more often|more frequently|faster|quicker|twice a week|every day|daily|several times a week|more quickly|at a faster pace|two a week|two lessons a week)",
    "(go|make|take|set|be|run|move) (a bit |a little |it |them |things |this |{ours} )?(a bit |a little |)*(faster|quicker|more quickly)( with {ours}| for me| please|) ?#",
    "(faster|quicker) (pace|rhythm|lessons)( please| for me|) ?#",
    "(increase|raise|step up|pick up) (the |my )?(pace|frequency|tempo|speed)",
    "more (lessons|e ?mails) (a|per) week",
  ],
  journal: [
    "(send|mail|email|forward) (me |us |over )*(the |all |all the |all of the |my )*(collected |)(answers|replies|reflections|notes|responses|entries) (that |which )?(i ve |i have |i )(given|written|sent|wrote|gave|made|submitted)",
    "(what|everything|all) i (ve |have )?(written|wrote|answered|replied)( to you|)( so far|)( in one| as one| together)",
    "(can|could|may) i (see|read|have|get|download) (all |everything |what |all that |)+(i |that i )(have |ve |)?(wrote|written|write|said)( so far|)",
    "(send|mail|email|e mail|get|have|see|receive|give|show|forward) (me |us |)?(please |a copy of |the |all |all of )*my (whole |full |complete |)?(journal|diary|reflections|replies|answers|notes|entries|responses)",
    "(copy|export|summary|overview|list|collection|transcript) of (all |everything |)?(of )?(my (journal|diary|reflections|replies|answers|notes|entries|responses)|i (have |ve |)(written|wrote|sent))",
    "(send|mail|email|get|have|see|show|give) (me |)?(everything|all|all that|what) (that |)?i (have |ve |)?(written|wrote|sent|replied|answered)",
    "(like|want|need) (to have |to see |to get |to receive |)?my (journal|diary)",
  ],
  help: [
    "how (does|do) (this|it|the course|everything|these|the lessons) work( here| exactly| then|)? ?#",
    "(don t|do not|didn t) (understand|get|know|see) how (this|the course|it|these|everything|the lessons) works?",
    "(is|are) there (a |an |any )?(help|faq|manual|guide|instruction)@|(help page|user guide|faq)( please| anywhere|)?#",
    "what are (my|the) (options|choices|commands)|how (do|can) i (change|set|adjust) (the|my) (pace|settings|speed|frequency|schedule)",
    "(what|which) (commands|instructions|words|keywords|options) (are there|can i (use|send|write)|do you (understand|know|have)|exist|do i have|work|are available)",
    "(list|overview) of (the |all |)?(commands|instructions|keywords)",
    "(send|give|mail|show|tell) (me |)?(please |)?(the |a |)?(list of |)?(instructions|commands|help|manual|how to)( for| again| of|)",
    "how (do i|can i|to) (steer|control|manage|change the settings|change my settings|use) (this|the course|it|my course|these)",
    "how does (this|the) course work",
    "what can i (reply|write|send|type|say) (here|to|by|back)",
  ],
  alone: {
    pause:
      "(pause|a pause|break|a break|hold|pause me|pause it|pause this|pause now|pause for now|pause lessons|pause course|pause the course|pause the lessons|pause my course|take a break|time out|suspend|put me on hold)",
    resume:
      "i m back from @|i am back|(you can |please )?(start|begin) again|(resume|continue|unpause|resume now|go on|start again|carry on|restart|resume course|resume the course|resume my course|resume lessons|resume the lessons|ready to go on|i m back|back|back again|reactivate|keep going|continue the course|undo|come back|i want to come back|take me back|bring me back|keep me|i want to stay)",
    next: "ready for (the next( one| lesson|)|more)|((the |my )?next( one| lesson| please| now| part| chapter| module|)( now| today| asap| right away| straight away| at once|)|i m ready for (the next( one| lesson|)|more)|next lesson now|send next|more now)",
    slower:
      "((a bit |a little |much |bit |)(slower|slow down|more slowly|less often|less frequently|slower pace)( for me| lessons|)|too fast( for me|)|slow|not so fast|slower than before|slower now)",
    faster:
      "((a bit |a little |much |bit |)(faster|speed up|quicker|more often|more frequently|faster pace|more quickly)( for me| lessons|)|too slow( for me|)|faster than before|faster now)",
    journal:
      "((my )?(journal|diary)( so far| now|)|send (me )?(my |the )?journal|my (replies|answers|reflections)( so far|)|show (me )?my journal)",
    help: "(help|commands|help me|instructions|options|manual|what commands|which commands|the commands|list commands|show commands|command list|what can i do|how does this work)",
  },
  nearly: [
    "(these|they|it|lessons|mails|emails) .{0,15}too (often|frequent@)",

    "(less|more) often or|(slower|faster|pause|next|resume) or (slower|faster|pause|next|resume|stop|not|just)|(pause|slow@|next) .{0,30}(or maybe|or perhaps|whichever)",
    "(may|might|could|will|ll|probably|think i) (soon )?need a (break|pause|rest)|(need|want) a (break|pause) (soon|at some point|some time|one day|eventually)",
    "thick and fast|(hardly|barely|can t|cannot|can not|struggling to) keep up( with (these|the|your|them)( lessons| mails| emails| pace|)|)$|two of these a week|too (many|much) (lessons|for me|mails|each week|every week)",
    "(think@|thought|toying) (of|about|with) (resuming|pausing|restarting|continuing|slowing|a break|a pause)|double (speed|pace)|twice (the|as) (speed|pace|fast)",
    "(when|what day|what time|which day) (does|do|will|is|are|can i expect) (the |my )?(next|following) (one|lesson|mail|email|part)",
    "^(can|could|would|please|is it possible|any chance|would you).{0,30}({ours}) .{0,20}(in the (morning|evening|afternoon)|at (noon|night|lunch@|the weekend)|earlier in the day|before work|after work)",
    "more (air|space|time|room|breathing space) between (the |your |these )?({ours})",
    "(if|unless) (nothing|i don t|you don t|i do not|you do not|i haven t|you haven t) .{0,60}(pause|on hold|next lesson)",
    "(colleague|friend|wife|husband|team|boss) .{0,30}(would like|wants?|asks?) to (pause|join) ",
    "(maybe|perhaps|probably|should|could|can|might|if|how|think|thinking|wonder|possible) .{0,60}(pause|paus(ing|ed)|a break|on hold|stop for a (while|bit|few))",
    "(pause|a break|on hold|stop for (a|some)) .{0,60}(not sure|later|at some point|let you know|some day)",
    "(send|get|resend|have) (it|them|the|that|last|lesson|this|me) .{0,30}again",
    "(did not|didn t|never|haven t) (get|receive|got|received) .{0,30}(lesson|email|mail)",
    "(go|going|skip|jump|get) (back|ahead|to|over) .{0,20}(lesson|topic|week|one)",
    "skip .{0,20}(lesson|topic|week)",
    "(see|read) (what|everything|all) i .{0,20}(wrote|write|written)|keep what i write|could i see it",
    "(hold|holding) (these|them|those) back",
    "(different|another|other) (day|time|hour|weekday)|(mondays|tuesdays|wednesdays|thursdays|fridays) instead",
    "stop everything until",
    "(a bit|somewhat|little) (less|more) (often|or)|slower or (so|something)|too (many|much) (for me|lessons)|behind with",
  ],
};

const de: SteeringWords = {
  units: { "wochen?": 7, "monate?n?": 28, "tage?n?": 1 },
  numbers: [
    "ein|eine|einen|einer|1",
    "zwei|2|ein paar",
    "drei|3",
    "vier|4",
    "funf|5",
    "sechs|6",
    "sieben|7",
    "acht|8",
    "neun|9",
    "zehn|10",
    "elf|11",
    "zwolf|12",
  ],
  until: "bis|wieder da|wieder zuruck|zuruck|ab|vor|erst",
  vague:
    "(uber|wahrend|in|nach|bis nach|bis zum ende|fur) (die |den |der |dem |meinen |meine |unseren )?(feiertage@|weihnachten|ferien|ostern|sommer@|neujahr|urlaub|umzug|messe|quartal@|elternzeit|jahreswechsel|winter@)",
  pause: [
    "(konnen|konnten|kann|konnte) (wir|ich) .{0,40}(pausieren|pause machen|aussetzen)",

    "(pause|pausieren) (ab|vom|von) ",
    "(ein|eine|einen|einem|zwei|drei|vier|funf|sechs|acht|zehn|zwolf|paar|[0-9]@) (woche|wochen|monat|monate|monaten|tag|tage|tagen) (lang )?(pause|auszeit|ruhe|unterbrechung|unterbrechen)",
    "(mochte|wurde|will|muss|kann|konnte|mocht) (ich |gern |gerne |wir |bitte |mal )*(ein|eine|einen|einem|zwei|drei|vier|funf|sechs|acht|zehn|zwolf|paar|[0-9]@) (woche|wochen|monat|monate|monaten|tag|tage|tagen) (lang )?(aussetzen|pausieren|pause|aussteigen|unterbrechen)",
    "(keine|nichts) *(schicken|senden|zusenden) , ich melde mich",
    "keine ({ours}) bis|(zwei|drei|vier|[0-9]@|ein paar) wochen (aussetzen|pausieren|unterbrechen|ruhe|auszeit)",
    "(pausier@|unterbrech@|unterbrich|stoppe?n?|anhalten|aussetzen|halten|halte|haltet|setzen|setz|setzt|legen|leg|legt|einfrieren|frier@|parke?n?|ruhen) (sie |ihr |du |bitte |mal |doch |mir |uns |kurz |)*({ours}|mich|alles|das|die @|den @|meinen @|mein @) *(an|aus|auf eis|zuruck|pausieren|ruhen|unterbrechen|ein|#)?",
    "({ours}|mich|alles) (bitte |gerne |mal |kurz |fur @ @ |bis @ @ @ |bis zum @ @ |)*(pausieren|anhalten|aussetzen|unterbrechen|auf eis legen|stoppen|ruhen lassen|auf pause|einfrieren)",
    "(auf eis legen|auf pause (setzen|stellen|schalten)|pausieren lassen)",
    "(nichts|keine|keinen|kein) (mehr |weiteren |)?({ours} )?(mehr )?(schicken|senden|zuschicken|zusenden|an mich)",
    "(brauche|mochte|hatte gern|hatte gerne|wunsche|nehme|mache|machen|will|bitte um) (ich |mir |gerne |bitte |jetzt |)*(eine |einmal |ne |um eine )?(kleine |kurze |langere |)?(pause|auszeit)",
    "(bitte|konnen sie|konnt ihr|kannst du|konntest du|konnten sie) *(pausieren|pause machen|aussetzen|unterbrechen|anhalten)",
    "pausieren (bis|fur)|pause (bis|fur|von)",
    "(schick@|send@) (sie |ihr |mir |bitte |)*(bis|fur) *(nichts|keine)",
  ],
  resume: [
    "({ours}|damit) (bitte |gerne |gern |jetzt |nun |wieder )*(aufnehmen|fortsetzen|fortfuhren|weiterfuhren|weitermachen|aktivieren|starten)",
    "({ours}|es) (bitte |wieder |)*(fortsetzen|fortfuhren|reaktivieren|weiterfuhren|aufnehmen|weiterlaufen lassen|starten|aktivieren|fortzusetzen|wiederaufnehmen)",
    "(setz@|fuhr@|nehm@|nimm) (sie |ihr |bitte |)*({ours}) *(fort|weiter|wieder auf)",
    "(pause) (kann |bitte |ist |soll |darf |)*(beenden|beendet werden|aufheben|zu ende|vorbei|aufgehoben werden|beendet|enden)",
    "(beend@|heb@) (sie |bitte |)*(die|meine) pause",
    "(ab sofort |jetzt |bitte |)+wieder ({ours}|@) ?(schicken|senden|zuschicken|erhalten|bekommen)",
    "(schick@|send@) (sie |mir |bitte |)*wieder ({ours})",
    "(kann|darf|soll|es kann) (es |jetzt |)*wieder (losgehen|weitergehen|starten)",
    "(kurs|lektionen) (bitte |)(weiter|reaktivieren|fortsetzen)",
  ],
  next: [
    "(bitte|gerne|gern) (gleich |schon |sofort |jetzt |mal |noch )*(die )?nachste( lektion| einheit| mail| folge|)",
    "(schick@|send@|gib@) (mir |uns |bitte |)*(die |)nachste ?#",
    "(schick@|send@|bekomm@|hatte|mochte|will|krieg@|kann ich|konnte ich|darf ich|gib@|lass@) *(die |der |den )?(nachste|nachsten|folgende|kommende) (lektion|einheit|mail|folge|teil|kapitel|ausgabe|lerneinheit|e ?mail)",
    "(nachste|folgende) (lektion|einheit|mail|folge|teil|kapitel) *(schon|jetzt|sofort|gleich|heute|bitte|vorab|fruher)",
    "(bitte|gerne|gern) (gleich |schon |sofort |jetzt |)?(die |)?nachste( lektion| einheit| mail| folge|)",
    "(nicht warten|kann es kaum erwarten) *nachste",
  ],
  slower: [
    "(hatte|mochte|will|wunsche|hatt) (ich )?({ours}|sie|es) (gern |gerne |bitte |etwas |ein bisschen )*(seltener|langsamer|weniger oft)",
    "({ours}|sie|es) in (grosseren|langeren) (abstanden|intervallen)",
    "geht (es|das) (auch |bitte |etwas |ein bisschen |ein wenig )*(langsamer|seltener|weniger oft)",
    "nur (noch |)?(alle zwei wochen|einmal (pro|in der|die) woche|eine (lektion |mail |)(pro|die|in der) woche)",
    "(tempo|takt|rhythmus|frequenz|geschwindigkeit) (bitte |etwas |)*(drosseln|reduzieren|verringern|verlangsamen|senken|runter|herunter@|rausnehmen|langsamer)",
    "(drossel@|reduzier@|verringer@|verlangsam@) (sie |bitte |)*(das |den |die )?(tempo|takt|frequenz|{ours})",
    "(abstande|abstand|pausen) (zwischen *)?(bitte |)*(vergrossern|verlangern|grosser|langer)",
    "(bitte |gerne |konnt@ |konnen |kannst |geht das |machen |mach |)+(sie |ihr |du |es |mir |{ours} |die |das |etwas |ein bisschen |ein wenig |auch |)*(langsamer|seltener|weniger oft|weniger haufig|alle zwei wochen|alle 14 tage|nur alle *)( schicken| senden| machen| bekommen| zusenden|) ?#",
    "({ours}|sie) (bitte |etwas |)*(seltener|langsamer|in grosseren abstanden|weniger oft) *(schicken|senden|bekommen|erhalten|machen|#)",
    "mehr zeit zwischen",
    "(aber|etwas|bisschen) langsamer als",
  ],
  faster: [
    "(hatte|mochte|will|wunsche|hatt) (ich )?({ours}|sie|es) (gern |gerne |bitte |etwas |ein bisschen )*(ofter|haufiger|schneller)",
    "({ours}|sie|es) in kurzeren (abstanden|intervallen)",
    "geht (es|das) (auch |bitte |etwas |ein bisschen |ein wenig )*(schneller|ofter|haufiger)",
    "(mochte|hatte gern@?|will|bitte|gerne?) *(zwei|2|drei|3|mehrere) (lektionen|mails|stuck|e ?mails) (pro|in der|die) woche|jeden (tag|werktag) (eine|bitte)",
    "(tempo|takt|rhythmus|frequenz|geschwindigkeit) (bitte |etwas |)*(erhohen|steigern|anziehen|rauf|hoch|beschleunigen|schneller)",
    "(erhoh@|steiger@|beschleunig@) (sie |bitte |)*(das |den |die )?(tempo|takt|frequenz|{ours})",
    "(bitte |gerne |konnt@ |konnen |kannst |machen |mach |)+(sie |ihr |du |es |mir |{ours} |die |das |etwas |ein bisschen |ein wenig |auch |)*(schneller|ofter|haufiger|zweimal (pro|die|in der) woche|zwei pro woche|jeden tag|taglich)( schicken| senden| machen| bekommen|) ?#",
    "({ours}|sie) (bitte |etwas |)*(ofter|schneller|haufiger|in kurzeren abstanden) *(schicken|senden|bekommen|erhalten|machen|#)",
  ],
  journal: [
    "(alle |all )?(meine|meiner) (bisherigen |ganzen )?(antworten|texte|notizen|eintrage) (gesammelt|zusammen|auf einmal|am stuck|als datei|in einer mail|noch einmal)",
    "(nachlesen|lesen|sehen) , was ich (euch |ihnen |dir |hier |so |bisher |bis jetzt )*(geschrieben|geantwortet)",
    "(schick@|send@|mail@) *alles ,? ?was ich *geschrieben",
    "(schick@|send@|mail@|bekomm@|hatte|mochte|zuschicken|kann ich|konnte ich|geben|zeig@) *(mein|meinem|meine) (ganzes |bisheriges |komplettes |)?(journal|tagebuch|antworten|notizen|reflexionen|eintrage|texte)",
    "(alles|alle antworten|was|alle meine antworten)( was)? ?(ich)? ?(bisher |)?(geschrieben|geantwortet) (habe|hab) *(schicken|senden|haben|bekommen|sehen|zusenden|zuschicken)?",
    "(kopie|auszug|ubersicht|zusammenstellung) (von |meiner |meines |aller |)*(antworten|journal@|tagebuch@|reflexionen|eintrage)",
    "(mein|meine) (journal|tagebuch|antworten) *(schicken|zuschicken|senden|zusenden|haben|bekommen)",
  ],
  help: [
    "was (kann|darf|muss|konnte) ich (hier |alles |euch |ihnen |)*(antworten|schreiben|senden|tun)",
    "(welche|was fur|was) *(befehle|anweisungen|kommandos|stichworte|stichworter|optionen|moglichkeiten) *(gibt|kann|habe|verstehen|sind|existieren|es)",
    "(anleitung|hilfe|befehlsliste|gebrauchsanweisung|liste der befehle|ubersicht der befehle) *(schicken|senden|noch einmal|nochmal|zuschicken|zusenden|bitte)",
    "(schick@|send@) *(anleitung|hilfe|befehle|befehlsliste)",
    "wie (funktioniert|lauft|geht|steuere|bediene) *(das hier|der kurs|dieser kurs|ich den kurs|ich das|das ganze|das eigentlich)",
  ],
  alone: {
    pause:
      "((eine |kurze |einmal |ich brauche eine |kleine )?(pause|auszeit)|pausieren|pausiere|pausiert|pause machen|kurs pausieren|aussetzen|unterbrechen|pause jetzt|mal pause|lektionen pausieren|anhalten|kurs anhalten)",
    resume:
      "(fortsetzen|weitermachen|es kann weitergehen|kurs fortsetzen|pause beenden|pause aufheben|bin wieder da|ich bin wieder da|ich bin zuruck|kann wieder losgehen|es geht weiter|wieder starten|weiter gehts|weiter geht s|weiterfuhren|kurs weiterfuhren|weiter mit dem kurs|zuruck|ruckgangig|ich mochte zuruck|ruckgangig machen|doch nicht)",
    next: "((die |zur |jetzt |gleich )?nachste( lektion| einheit| mail| folge| bitte| jetzt|)( jetzt| sofort| gleich| heute| schon|)|naechste( lektion|)( jetzt| sofort|)|nachste lektion jetzt|noch eine( lektion|)|mehr jetzt)",
    slower:
      "((etwas |ein bisschen |ein wenig |bisschen |bissl |)(langsamer|seltener|weniger oft|nicht so oft|nicht so schnell)|zu schnell( fur mich|)|langsam|tempo runter|tempo raus)",
    faster:
      "((etwas |ein bisschen |ein wenig |bisschen |)(schneller|ofter|haufiger)|zu langsam( fur mich|)|tempo rauf|mehr tempo)",
    journal:
      "((mein |meine )?(tagebuch|journal|antworten|eintrage)( bisher| bis heute| bis jetzt|)|tagebuch schicken|journal schicken)",
    help: "(hilfe|befehle|anleitung|kommandos|hilfe befehle|befehlsliste|optionen|was kann ich schreiben|wie geht das)",
  },
  nearly: [
    "(bisschen|etwas|ziemlich|zu|recht|ganz schon) viel (jede|pro|in der|fur mich|auf einmal|lektionen|mails)|(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s? (statt|anstatt)|lieber (am |immer )?(montag|dienstag|mittwoch|donnerstag|freitag|morgen|abend)s",
    "(vielleicht|eventuell|womoglich) .{0,60}wieder (ein|anfange@|einsteig@|weiter|dabei|los)|wann (kommt|geht|ist) .{0,20}(nachste|weiter)|komme? (kaum|nicht) (mehr )?(hinterher|nach)|doppelt so (schnell|viel)",
    "(vielleicht|eventuell|konnte|konnt@|kann|geht|wohl|demnachst|irgendwann|wie|wenn|mal|gern@|glaube|ware@|ob) .{0,60}(pause|pausieren|anhalten|auszeit|unterbrechen|ruhe)",
    "(pause|auszeit|ruhe|pausieren) .{0,60}(vielleicht|mal sehen|weiss (ich )?(noch )?nicht|irgendwann|glaube)",
    "(nochmal|noch mal|noch einmal|erneut) (schicken|senden|zuschicken|zusenden)",
    "(nicht|nie) (bekommen|erhalten|angekommen)",
    "(lektion|thema|woche) (uberspringen|auslassen|zuruck)|(uberspringen|zuruck zu)",
    "(etwas|bisschen|auch) (seltener|ofter|haufiger|langsamer|schneller) (oder|irgendwie)|(mehr|weniger) davon|pro woche ist (wenig|viel)",
    "^(bitte )?(dann )?weiter( bitte|)$|^weiter$|erst wieder|was machen wir mit",
    "(anderen|anderer) (tag|uhrzeit|wochentag)",
  ],
};

const fr: SteeringWords = {
  units: { "semaines?": 7, mois: 28, "jours?": 1, quinzaine: 14 },
  numbers: [
    "un|une|1",
    "deux|2",
    "trois|3",
    "quatre|4",
    "cinq|5",
    "six|6",
    "sept|7",
    "huit|8",
    "neuf|9",
    "dix|10",
    "onze|11",
    "douze|12",
  ],
  until: "jusqu|jusque|avant|de retour|a partir",
  vague:
    "(pendant|pour|durant|apres|jusqu apres) (les |mes |la |l |le )?(fetes|vacances|noel|ete|paques|conges|rentree|feries)",
  pause: [
    "(mettre|mets|mettez|met|mise|mettez moi) *(en pause|en attente|en suspens)",
    "(suspend@|interromp@|pauser|pausez|arrete@ temporairement|geler|gelez) (moi |s il vous plait |svp |)*({ours}|mes (envois|lecons|cours|mails|e ?mails)|mon (cours|inscription|abonnement|programme)|tout|les (envois|lecons|cours|mails)|le (cours|programme|tout))",
    "(faire|prendre|voudrais|souhaite|besoin d|aimerais|veux|demande) *(une |la )?(petite |courte |)?pause",
    "pause *(jusqu|pendant|pour|de @ semaines)",
    "(ne (m |me )?envoy@|pas d|aucun@|ne plus) *({ours}|rien) *(jusqu|avant|pendant)",
  ],
  resume: [
    "(reprend@|reprise|reactiv@|relanc@|recommenc@|continuer|redemarr@) *(le cours|mes cours|les lecons|l envoi|la formation|mon cours|les envois|mes lecons|ou j en)",
    "(fin|arret|terminer|arretez|mettez fin a|finir) *(de la |ma |la |ma )?pause",
    "(je suis |suis )(de retour|pret@ a reprendre)",
  ],
  next: [
    "(avoir|recevoir|envoye@|envoie@) (moi |la |ma )*(prochaine|suivante) (lecon|partie)|lecon suivante",
    "(envoy@|recevoir|avoir|donn@|envoi|passer a) *(la |le |lecon |)?(prochaine|suivante|suivant|prochain)( lecon| cours| module| chapitre|)",
    "(la )?(lecon|suite) (suivante|tout de suite|maintenant|des maintenant|svp|s il)",
    "prochaine lecon *(svp|s il|maintenant|tout de suite|merci)",
  ],
  slower: [
    "(ralenti@|espac@|diminu@|redui@|moins vite) *(le rythme|les lecons|le cours|les envois|la cadence|la frequence|un peu|les cours|l envoi)",
    "(moins (souvent|vite|frequemment)|plus (lentement|espace@)|tous les quinze jours|toutes les deux semaines) *(s il|svp|merci|possible|#)",
    "(envoy@|recevoir) *(moins souvent|plus lentement)",
  ],
  faster: [
    "(accelere@|augment@) *(le rythme|les lecons|le cours|les envois|la cadence|la frequence|un peu|les cours)",
    "(plus (vite|souvent|rapidement|frequemment)|deux fois par semaine) *(s il|svp|merci|possible|#)",
    "(envoy@|recevoir) *(plus souvent|plus vite)",
  ],
  journal: [
    "(envoy@|recevoir|avoir|transmet@|voir) *(mon|le) (journal|carnet|cahier)",
    "(copie|ensemble|recapitulatif) de (toutes |)?(mes|mon) (reponses|journal|reflexions|notes)",
    "(envoy@|recevoir|avoir) *(toutes mes reponses|tout ce que j ai ecrit|mes reponses|mes reflexions)",
  ],
  help: [
    "(quelles?|quelles sont les|liste des) *(commandes|instructions|mots cles)",
    "(comment) (ca marche|fonctionne|marche) *(ici|ce cours|le cours|#)",
    "(envoy@|renvoy@) *(instructions|mode d emploi|aide|commandes)",
  ],
  alone: {
    pause: "((une |faire une |en )?pause( maintenant|)|mettre en pause|suspendre|pause du cours|pauser)",
    resume:
      "(reprendre|reprise|continuer|je reprends|reprenez|reprendre le cours|de retour|je suis de retour|on reprend|reactiver)",
    next: "((la )?(suite|suivante|prochaine|suivant|lecon suivante|prochaine lecon)( maintenant| tout de suite|))",
    slower:
      "((un peu )?(moins vite|plus lentement|moins souvent|ralentir|ralentissez|plus lent)|trop vite( pour moi|))",
    faster:
      "((un peu )?(plus vite|plus souvent|plus rapidement|accelerer|accelerez|plus rapide)|trop lent( pour moi|))",
    journal: "((mon |le )?(journal|carnet)|mes reponses)",
    help: "(aide|a l aide|commandes|instructions|mode d emploi|comment ca marche|help)",
  },
  nearly: [
    "on (pourrait|peut|pourra) .{0,40}(moins souvent|plus souvent|pause|ralentir|espacer)",
    "(peut etre|eventuellement|pourrait on|peut on) .{0,50}(moins souvent|plus souvent|pause|ralentir|espacer)|un peu (moins|plus) (souvent|vite|lentement|rapide@)( ou|$)",
    "(peut etre|possible|pourrait|pourrais|serait|besoin|comment|si|peut on|bientot) .{0,60}(pause|interrompre|suspendre)",
    "(renvoy@|envoyer de nouveau|pas recu|jamais recu)",
    "(un peu (moins|plus) (souvent|vite)) ou",
    "(passer|sauter|revenir) .{0,20}(lecon|sujet)",
  ],
};

const es: SteeringWords = {
  units: { "semanas?": 7, "mes|meses": 28, "dias?": 1 },
  numbers: [
    "un|una|1",
    "dos|2|un par de",
    "tres|3",
    "cuatro|4",
    "cinco|5",
    "seis|6",
    "siete|7",
    "ocho|8",
    "nueve|9",
    "diez|10",
    "once|11",
    "doce|12",
  ],
  until: "hasta|antes del|de vuelta|vuelvo|a partir",
  vague:
    "(durante|por|en|hasta despues de|despues de|para) (las |los |mis |el |la )?(fiestas|vacaciones|navidad@|verano|semana santa|feria@)",
  pause: [
    "(paus@|suspend@|deten@|interrump@|paren|parad|parar|pararme|pare|paremos|paras|parais|^para|^por favor para|congel@|aplaz@) (por favor |ya |)?({ours}|mi @|el @|las @|los @|todo)",
    "(pon@|poner|dejar|deja) *(en pausa|en espera|en suspenso)",
    "(hacer|tomar|quiero|necesito|querria|quisiera|me gustaria|pido) *(una |un )?(pequena |breve |)?(pausa|descanso)",
    "pausa (hasta|por|de|durante)",
    "no (me )?(envi@|mand@) *(hasta|antes)",
  ],
  resume: [
    "(reanud@|retom@|reactiv@|continu@|reinici@|sigu@|seguir) *(el curso|las lecciones|mi curso|los envios|con el curso|con las lecciones|los correos|enviando)",
    "(fin|termin@|quit@|acab@|levant@) *(de la |la |mi )?pausa",
    "(ya )?(estoy|he vuelto|volvi) *(de vuelta|lista para seguir|listo para seguir)",
  ],
  next: [
    "(envi@|mand@|recibir|dame|quiero|tener|pas@) *(la |el |)?(siguiente|proxima|proximo)( leccion| clase| unidad| correo|)",
    "(siguiente|proxima) (leccion|clase|unidad) *(ya|ahora|por favor|gracias|#)",
  ],
  slower: [
    "(mas (lento|despacio|lentamente|espaciad@)|menos (seguido|a menudo|frecuente@|frecuencia)|cada dos semanas|cada quince dias) *(por favor|gracias|#)",
    "(baj@|reduc@|disminu@|ralentiz@) *(el ritmo|la frecuencia|el curso|las lecciones|la velocidad)",
    "(envi@|mand@|recibir) *(mas despacio|menos a menudo|con menos frecuencia)",
  ],
  faster: [
    "(mas (rapido|seguido|a menudo|frecuente@)|dos veces (por|a la) semana) (por favor|gracias)",
    "(aceler@|aument@|sub@) *(el ritmo|la frecuencia|el curso|las lecciones|la velocidad)",
    "(envi@|mand@|recibir) *(mas rapido|mas a menudo|con mas frecuencia)",
  ],
  journal: [
    "(envi@|mand@|recibir|quiero|ver|tener) *(mi|el) (diario|cuaderno)",
    "(copia|todas|resumen) (de )?(todas )?(mis) (respuestas|reflexiones|notas)",
    "(envi@|mand@|recibir) *(todo lo que (he escrito|escribi)|mis respuestas|mis reflexiones)",
  ],
  help: [
    "(que|cuales son los|lista de|cuales) *(comandos|instrucciones|ordenes)( hay|)",
    "como funciona (esto|el curso)( |$)",
    "(envi@|mand@|reenvi@) *(instrucciones|ayuda|comandos)",
  ],
  alone: {
    pause: "((una |hacer )?(pausa|pausar|pausad|pausa el curso|pausar el curso|descanso)( ya| ahora|))",
    resume:
      "(reanudar|continuar|seguir|retomar|reanudar el curso|continuar el curso|sigo|ya estoy de vuelta|he vuelto|reanuda|reanudad|reactivar)",
    next: "((la |el )?(siguiente|proxima|proximo)( leccion| clase| unidad|)( ya| ahora|))",
    slower:
      "((un poco )?(mas lento|mas despacio|menos seguido|menos a menudo|mas lentamente)|demasiado rapido)",
    faster: "((un poco )?(mas rapido|mas seguido|mas a menudo|mas deprisa)|demasiado lento)",
    journal: "((mi |el )?(diario|cuaderno)|mis respuestas)",
    help: "(ayuda|comandos|instrucciones|como funciona|como funciona esto|help)",
  },
  nearly: [
    "(quizas?|tal vez|a lo mejor|se podria|se puede) .{0,50}(menos|mas) (seguido|a menudo|frecuen@|despacio|rapido)|(quizas?|tal vez|a lo mejor) .{0,40}(pausa|parar|descans@)",
    "(quiza@|tal vez|posible|podria@|podrian|podeis|como|si|puedo|se puede|pronto) .{0,60}(pausa|pausar|descanso|parar un)",
    "(reenviar|otra vez|de nuevo|no (he recibido|recibi|me ha llegado|me llego))",
    "(saltar|volver) .{0,20}(leccion|tema)",
    "(un poco (menos|mas)) .{0,20} o ",
  ],
};

const it: SteeringWords = {
  units: { "settimane?|settimana": 7, "mesi|mese": 28, "giorni|giorno": 1 },
  numbers: [
    "un|una|1",
    "due|2|un paio di",
    "tre|3",
    "quattro|4",
    "cinque|5",
    "sei|6",
    "sette|7",
    "otto|8",
    "nove|9",
    "dieci|10",
    "undici|11",
    "dodici|12",
  ],
  until: "fino|sino|prima del|torno|rientro|a partire",
  vague:
    "(durante|per|nelle|dopo|fino a dopo) (le |la |il |l )?(feste|ferie|vacanze|natale|estate|pasqua|festivita)",
  pause: [
    "(sospend@|interromp@|ferm@|blocc@|congel@) (per favore |)?({ours}|il mio @|il @|le @|tutto)",
    "(mett@|metter@) *(in pausa|in sospeso|in attesa)",
    "(fare|prendere|vorrei|voglio|mi serve|ho bisogno di|chiedo) *(una |di una )?(piccola |breve |)?pausa",
    "pausa (fino|per|di)",
    "non (mandar@|inviar@|mandat@|inviat@) *(fino|prima)",
  ],
  resume: [
    "(riprend@|riattiv@|continu@|ricominci@|riparti@) *(il corso|le lezioni|il mio corso|gli invii|con il corso|con le lezioni|l invio)",
    "(fine|termin@|togli@|finir@) *(la |della |di )?pausa",
    "(sono tornat@|eccomi)( di nuovo|)",
  ],
  next: [
    "(mand@|invi@|ricever@|avere|vorrei|dammi|passa@) *(la |il )?(prossima|successiva|prossimo)( lezione| unita| mail|)",
    "(prossima|successiva) lezione *(subito|ora|per favore|grazie|#)",
    "lezione (successiva|prossima)",
  ],
  slower: [
    "(piu (lento|lenta|lentamente|piano)|meno (spesso|frequent@|veloce)|ogni due settimane|ogni quindici giorni) *(per favore|grazie|#)",
    "(rallent@|ridu@|diminu@) *(il ritmo|la frequenza|il corso|le lezioni|un po)",
    "(mand@|invi@|ricever@) *(meno spesso|piu lentamente)",
  ],
  faster: [
    "(piu (veloce|velocemente|spesso|rapid@|frequent@)|due volte (alla|a) settimana) (per favore|grazie)",
    "(acceler@|velocizz@|aument@) *(il ritmo|la frequenza|il corso|le lezioni|un po)",
    "(mand@|invi@|ricever@) *(piu spesso|piu velocemente)",
  ],
  journal: [
    "(mand@|invi@|ricever@|vorrei|avere|veder@) *(il mio|il) (diario|quaderno)",
    "(copia|tutte) (di )?(tutte )?(le mie) (risposte|riflessioni|note)",
    "(mand@|invi@|ricever@|avere) *(tutto quello che ho scritto|le mie risposte|le mie riflessioni)",
  ],
  help: [
    "(quali|che|elenco dei|lista dei) *(comandi|istruzioni)( ci sono|)",
    "come funziona (questo|il corso|qui)",
    "(mand@|invi@|rimand@) *(istruzioni|aiuto|comandi)",
  ],
  alone: {
    pause: "((una |in )?pausa( ora|)|mettere in pausa|sospendere|sospendete|pausa corso)",
    resume:
      "(riprendere|riprendi|riprendiamo|continuare|riprendo|riprendere il corso|sono tornato|sono tornata|riattivare|continua|si riparte|riprendete)",
    next: "((la )?(prossima|successiva|prossimo)( lezione|)( ora| subito|)|avanti con la prossima)",
    slower: "((un po )?(piu lento|piu piano|piu lentamente|meno spesso|rallentare|rallentate)|troppo veloce)",
    faster:
      "((un po )?(piu veloce|piu velocemente|piu spesso|accelerare|accelerate|piu rapido)|troppo lento)",
    journal: "((il mio |mio )?(diario|quaderno)|le mie risposte)",
    help: "(aiuto|comandi|istruzioni|come funziona|help)",
  },
  nearly: [
    "un po (piu|meno) (di rado|spesso|raramente|lentamente|piano|veloce@)|(magari|forse) .{0,40}(pausa|sospend@|rallent@|di rado)",
    "(forse|magari|possibile|potrei|potreste|si puo|come|se|presto|posso) .{0,60}(pausa|sospendere|interrompere)",
    "(rimandare|di nuovo|non (ho ricevuto|mi e arrivata))",
    "(saltare|tornare) .{0,20}(lezione|argomento)",
  ],
};

const pt: SteeringWords = {
  units: { "semanas?": 7, "mes|meses": 28, "dias?": 1 },
  numbers: [
    "um|uma|1",
    "dois|duas|2",
    "tres|3",
    "quatro|4",
    "cinco|5",
    "seis|6",
    "sete|7",
    "oito|8",
    "nove|9",
    "dez|10",
    "onze|11",
    "doze|12",
  ],
  until: "ate|antes de|de volta|volto|a partir",
  vague:
    "(durante|nas|no|nos|depois das|depois do|ate depois) (as |os |o |a )?(festas|ferias|natal|verao|pascoa|feriados|fim de ano)",
  pause: [
    "(paus@|suspend@|interromp@|par@|congel@) (por favor |)?({ours}|o meu @|meu @|o @|as @|os @|tudo)",
    "(coloc@|ponha@|por|pon@|deix@) *(em pausa|em espera|em suspenso)",
    "(fazer|tirar|quero|preciso de|gostaria de|queria|peco) *(uma )?(pequena |breve |)?pausa",
    "pausa (ate|por|de|durante)",
    "nao (me )?(envi@|mand@) *(ate|antes)",
  ],
  resume: [
    "(retom@|reativ@|reactiv@|continu@|recomec@|prossig@|voltem? a) *(o curso|as licoes|as aulas|meu curso|o meu curso|os envios|com o curso|enviar)",
    "(fim|termin@|acab@|encerr@|tir@) *(da |a |minha |a minha )?pausa",
    "(ja )?(estou de volta|voltei)",
  ],
  next: [
    "(envi@|mand@|receb@|quero|dar|passa@|pod@) *(a |o )?(proxima|seguinte|proximo)( licao| aula| unidade|)",
    "(proxima|seguinte) (licao|aula|unidade) *(ja|agora|por favor|obrigad@|#)",
  ],
  slower: [
    "(mais (devagar|lento|lentamente|espacad@)|menos (vezes|frequen@|rapido)|a cada duas semanas|de quinze em quinze) *(por favor|obrigad@|#)",
    "(abrand@|reduz@|diminu@|desaceler@) *(o ritmo|a frequencia|o curso|as licoes|as aulas|um pouco)",
    "(envi@|mand@|receb@) *(menos vezes|mais devagar|com menos frequencia)",
  ],
  faster: [
    "(mais (rapido|depressa|vezes|frequen@|rapidamente)|duas vezes por semana) (por favor|obrigad@)",
    "(aceler@|aument@) *(o ritmo|a frequencia|o curso|as licoes|as aulas|um pouco)",
    "(envi@|mand@|receb@) *(mais vezes|mais depressa|com mais frequencia|mais rapido)",
  ],
  journal: [
    "(envi@|mand@|receb@|quero|ver|ter) *(o meu|meu|o) (diario|caderno)",
    "(copia|todas) (de )?(todas )?(as )?(minhas) (respostas|reflexoes|notas)",
    "(envi@|mand@|receb@) *(tudo o que escrevi|tudo que escrevi|as minhas respostas|minhas respostas)",
  ],
  help: [
    "(que|quais|quais sao os|lista de) *(comandos|instrucoes)( ha| existem|)",
    "como funciona (isto|isso|o curso)",
    "(envi@|mand@|reenvi@) *(instrucoes|ajuda|comandos)",
  ],
  alone: {
    pause: "((uma |em )?pausa( agora|)|pausar|pausar o curso|pausem|pause|suspender)",
    resume:
      "(retomar|continuar|retome|voltei|estou de volta|retomar o curso|continuar o curso|prosseguir|recomecar|reativar)",
    next: "((a |o )?(proxima|seguinte|proximo)( licao| aula| unidade|)( ja| agora|))",
    slower:
      "((um pouco )?(mais devagar|mais lento|menos vezes|com menos frequencia|abrandar)|rapido demais|demasiado rapido)",
    faster:
      "((um pouco )?(mais rapido|mais depressa|mais vezes|com mais frequencia|acelerar)|lento demais|demasiado lento)",
    journal: "((o meu |meu )?(diario|caderno)|(as )?minhas respostas)",
    help: "(ajuda|comandos|instrucoes|como funciona|como funciona isto|help)",
  },
  nearly: [
    "(talvez|se calhar|quem sabe) .{0,40}(parar|pausa|pausar|descanso)|(da para|daria para|seria possivel) .{0,40}(menos|mais) (vezes|frequen@|devagar|rapido)",
    "(talvez|possivel|poderia|pode@|como|se|em breve|posso) .{0,60}(pausa|pausar|suspender)",
    "(reenviar|outra vez|de novo|nao (recebi|chegou))",
    "(saltar|pular|voltar) .{0,20}(licao|aula|tema)",
  ],
};

const nl: SteeringWords = {
  units: { "weken|week": 7, "maanden|maand": 28, "dagen|dag": 1 },
  numbers: [
    "een|1",
    "twee|2|paar|een paar",
    "drie|3",
    "vier|4",
    "vijf|5",
    "zes|6",
    "zeven|7",
    "acht|8",
    "negen|9",
    "tien|10",
    "elf|11",
    "twaalf|12",
  ],
  until: "tot|tot en met|t m|voor|terug|vanaf",
  vague:
    "(tijdens|over|in|na|tot na) (de |mijn |het )?(feestdagen|vakantie|kerst|zomer@|pasen|verlof|verhuizing)",
  pause: [
    "({ours}|ze|dit|het|me|mij) (graag |even |aub |)*(@ (weken|week|maand|maanden|dagen) )(lang )?(stilzetten|stopzetten|pauzeren|stilleggen|onderbreken|stoppen|op pauze zetten)",
    "(@ (weken|week|maand|maanden|dagen)) (pauze|rust)",
    "(pauzeer|pauzeren|onderbreek|onderbreken|stop|zet|zetten|stopzetten|opschort@|leg|leggen) (u |je |jullie |alstublieft |aub |even |mij |me |)*({ours}|mij|me|alles)? *(op pauze|on hold|in de wacht|stil|pauzeren|tijdelijk|op)",
    "({ours}|mij|me) (even |graag |aub |)*(op pauze|pauzeren|onderbreken|stilleggen|on hold)",
    "(wil|zou|graag|neem|heb|kan ik) *(een )?(kleine |korte |)?pauze",
    "pauze (tot|van|voor)",
    "pauzeer|pauzeren (tot|voor)",
    "(geen|niets) ({ours}) *tot",
  ],
  resume: [
    "({ours}|ze) (mogen|mag|kunnen|kan) (nu |weer |gerust |)*(komen|door|verder|beginnen|starten|hervat worden|doorgaan)",
    "(hervat@|hervatten|doorgaan|vervolg@|heractiveer|herstart@|verder) *(met )?({ours}|de cursus|mijn cursus|de lessen)",
    "(einde|beeindig@|stop@) *(de |mijn )?pauze",
    "(ik ben |ben )(weer )?(terug|er weer)",
    "({ours}) (graag |aub |weer |)*(hervatten|vervolgen|heractiveren|opstarten)",
  ],
  next: [
    "(stuur|sturen|krijg@|ontvang@|mag ik|wil|geef|kan ik|zend) *(de |het )?(volgende)( les| mail| deel| hoofdstuk|)",
    "volgende (les|mail|deel) *(nu|graag|aub|meteen|alvast|direct|#)",
  ],
  slower: [
    "((wat |iets |graag |)(langzamer|trager|minder vaak|rustiger)|om de (twee|week) weken|om de week|eens in de twee weken) *(aub|graag|svp|alsjeblieft|sturen|#)",
    "(tempo|frequentie) *(omlaag|lager|verlagen|vertragen|verminderen)",
    "(verlaag|vertraag|verminder) *(tempo|frequentie|{ours})",
  ],
  faster: [
    "((wat |iets |graag |)(sneller|vaker)|twee keer per week) (aub|graag|svp|alsjeblieft|sturen)",
    "(tempo|frequentie) *(omhoog|hoger|verhogen|versnellen|opvoeren)",
    "(verhoog|versnel) *(tempo|frequentie|{ours})",
    "(stuur|sturen|ontvang@|krijg@) *(vaker|sneller)",
  ],
  journal: [
    "(stuur|sturen|krijg@|ontvang@|mag ik|wil|geef|mail|zien|heb@) *(mijn|m n|het) (dagboek|journaal|logboek)",
    "(kopie|alle|overzicht) (van )?(al )?(mijn) (antwoorden|reflecties|notities)",
    "(stuur|krijg@|ontvang@) *(alles wat ik *geschreven|mijn antwoorden)",
  ],
  help: [
    "(welke|wat zijn de|lijst met) *(commando s|opdrachten|instructies|opties)",
    "hoe werkt (dit|deze cursus|het hier|de cursus)",
    "(stuur|mail) *(instructies|hulp|handleiding|commando)",
  ],
  alone: {
    pause: "((een |graag |even )?(pauze|pauzeren|pauzeer)( nu|)|op pauze|cursus pauzeren|pauzeer de cursus)",
    resume:
      "(hervatten|doorgaan|hervat|verder|ga door|verdergaan|ik ben terug|ik ben er weer|cursus hervatten|hervat de cursus|we gaan verder)",
    next: "((de )?volgende( les| mail| deel|)( nu| graag| meteen|))",
    slower:
      "wel (wat|iets|een beetje) (langzamer|rustiger|minder vaak)|(wat|iets|een beetje) (langzamer|rustiger)|((wat |iets |graag |een beetje )?(langzamer|trager|minder vaak|rustiger)|te snel( voor mij|))",
    faster: "((wat |iets |graag |een beetje )?(sneller|vaker)|te langzaam( voor mij|))",
    journal: "((mijn |m n )?(dagboek|journaal|logboek)|mijn antwoorden)",
    help: "(hulp|help|commando s|instructies|handleiding|hoe werkt dit|hoe werkt het)",
  },
  nearly: [
    "(kan|kunnen|mag|zou@) .{0,40}(feestdagen|kerst@|vakantie|oud en nieuw) .{0,20}(stop@|pauz@|stil@|rust)|(wat|iets|beetje) (minder|vaker) (vaak|of)",
    "(misschien|mogelijk|zou|kan|kunnen|hoe|als|binnenkort|mag|kunt) .{0,60}(pauze|pauzeren|onderbreken|stilleggen)",
    "(opnieuw|nog een keer|nogmaals) .{0,10}(sturen|ontvangen)|niet (ontvangen|gekregen)",
    "(overslaan|terug) .{0,20}(les|onderwerp)",
  ],
};

const sv: SteeringWords = {
  units: { "veckor|veckas?|vecka": 7, "manader|manad": 28, "dagar|dag": 1 },
  numbers: [
    "en|ett|1",
    "tva|2|ett par",
    "tre|3",
    "fyra|4",
    "fem|5",
    "sex|6",
    "sju|7",
    "atta|8",
    "nio|9",
    "tio|10",
    "elva|11",
    "tolv|12",
  ],
  until: "till|tills|fram till|till och med|fore|tillbaka|fran",
  vague: "(over|under|i|efter|till efter) (jul@|helg@|semester@|sommar@|pask@|ledighet@|nyar@)",
  pause: [
    "paus(a|era)? (till|tills|fram till|i|over)",
    "(pausa|pausar|avbryt|stoppa|hall|satt|sat|frys|lagg) (garna |da |upp med |)*({ours}|mig|allt|mina @|min @)? *(pa paus|pa is|i|till|tillfalligt|#)",
    "(satta|satt|lagg|lagga) *pa paus|(pa is)",
    "(vill|skulle vilja|behover|tar|onskar|ta|har|kan jag fa) *(en |ett )?(liten |kort |)?(paus|uppehall)( #|)",
    "paus (till|i|tills|fram)",
    "(inga|skicka inte) *({ours}) *(till|fram|fore)",
  ],
  resume: [
    "(ateruppta|aterupptar|fortsatt|fortsatta|starta|ateraktivera|borja|satt igang) *(garna |)?({ours}|kursen|lektionerna|min kurs|skicka)( igen|)",
    "(avsluta|slut pa|bryt|ta bort) *(min |pausen|paus)",
    "(jag ar |ar )(tillbaka|redo att fortsatta)",
  ],
  next: [
    "(skicka|fa|vill ha|ge|kan jag fa|sand) *(nasta)( lektion| del| mejl| mail| avsnitt|)",
    "nasta (lektion|del|avsnitt) *(nu|tack|direkt|redan|genast|#)",
  ],
  slower: [
    "((lite |nagot |)(langsammare|mer sallan|mindre ofta|glesare|saktare)|varannan vecka) *(tack|snalla|#)",
    "(sank|sanka|dra ner|minska|sakta ner) *(takten|tempot|frekvensen|{ours}|pa)",
    "(skicka|fa) *(mer sallan|langsammare|glesare)",
  ],
  faster: [
    "((lite |nagot |)(snabbare|oftare|fortare)|tva ganger i veckan) (tack|snalla)",
    "(oka|hoj|skruva upp) *(takten|tempot|frekvensen)",
    "(skicka|fa) *(oftare|snabbare)",
  ],
  journal: [
    "(få|skicka|se|ha|maila|mejla) (mig |alla |allt |gärna )*(mina|min) (svar|anteckningar|dagbok|reflektioner|journal)",
    "(få|skicka) *(allt|det) (jag|som jag) (har )?skrivit",
    "(skicka|fa|vill ha|ge|kan jag fa|se|mejla) *(min|mina|mitt) (dagbok|journal|svar|anteckningar|reflektioner)",
    "(kopia|alla) (pa |av )?(mina) (svar|reflektioner|anteckningar)",
  ],
  help: [
    "(vilka|lista over|lista pa) *(kommandon|kommandona|instruktioner|instruktionerna|alternativ)",
    "hur (fungerar|funkar) (det har|kursen|detta)",
    "(skicka|mejla) *(instruktionerna|instruktioner|hjalp|kommandon)",
  ],
  alone: {
    pause: "((en |ta )?(paus|pausa)( nu| kursen| mig|)|uppehall|gor uppehall)",
    resume:
      "(fortsatt|fortsatta|ateruppta|ateruppta kursen|fortsatt kursen|jag ar tillbaka|starta igen|starta kursen igen|kor igen|kor vidare|igang igen)",
    next: "(nasta( lektion| del| avsnitt|)( nu| direkt| genast|))",
    slower:
      "((lite |nagot )?(langsammare|mer sallan|mindre ofta|saktare|glesare)|for snabbt( for mig|)|for fort)",
    faster: "((lite |nagot )?(snabbare|oftare|fortare)|for langsamt( for mig|))",
    journal: "((min )?(dagbok|journal)|mina svar)",
    help: "(hjalp|kommandon|instruktioner|hur funkar det|hur fungerar det|help)",
  },
  nearly: [
    "(nog|kanske|snart|eventuellt|skulle) .{0,30}(en |ett )?(paus|uppehåll)|(paus|uppehåll) (snart|kanske|någon gång|framöver)|lite (oftare|mer sällan|glesare)",
    "(kanske|mojligt|skulle|kan|hur|om|snart|gar det) .{0,60}(paus|pausa|uppehall)",
    "(igen|en gang till) .{0,10}(skicka)|skicka .{0,30}(igen|en gang till)|inte (fatt|kommit)",
    "(hoppa over|ga tillbaka) ",
  ],
};

const da: SteeringWords = {
  units: { "uger|uge": 7, "maneder|maaneder|maned|maaned": 28, "dage|dag": 1 },
  numbers: [
    "en|et|1",
    "to|2|et par",
    "tre|3",
    "fire|4",
    "fem|5",
    "seks|6",
    "syv|7",
    "otte|8",
    "ni|9",
    "ti|10",
    "elleve|11",
    "tolv|12",
  ],
  until: "til|indtil|frem til|til og med|for|tilbage|fra",
  vague: "(over|under|i|efter|til efter) (jul@|ferie@|helligdag@|sommer@|paske@|paaske@|orlov@|nytar@)",
  pause: [
    "(pause|pauser|hold pause) (til|indtil|i)",
    "pause (mig|kurset|lektionerne|det|{ours})( (til|indtil|i|frem)|)",

    "(paus@|saet|sat|sæt|stop|hold|afbryd|frys|laeg|læg) (venligst |da |lige |)*({ours}|mig|alt|mit @)? *(pa pause|paa pause|pa hold|pa standby|i bero|#)",
    "(saette|sætte|satte|saet|sat|sæt) *(pa|paa) pause",
    "(vil|onsker|ønsker|har brug for|behover|tager|gerne) *(have |holde |)?(en )?(lille |kort |)?pause",
    "pause (til|i|indtil|frem)",
    "(ingen|send ikke) *({ours}) *(til|indtil|for)",
    "(holde|hold) (en )?pause",
  ],
  resume: [
    "(må|kan) (gerne |godt |nu |bare )*(genoptage|fortsætte|starte|sende) ({ours}|kurset|lektionerne)",
    "(genoptag|genoptage|fortsaet|fortsæt|fortsat|fortsaette|fortsætte|start|genstart|aktiver) (igen |venligst |nu |bare |da |med |at sende |endelig )*({ours}|kurset|lektionerne|mit kursus)( igen|)",
    "(afslut|stop|ophaev|slut pa) *(min |pausen|pause)",
    "(jeg er |er )(tilbage|klar igen)",
  ],
  next: [
    "(send|faa|fa|ma jeg|maa jeg|giv|vil gerne have|kan jeg) *(den |)?(naeste|næste)( lektion| del| mail| modul|)",
    "(naeste|næste) (lektion|del|modul) *(nu|tak|straks|allerede|med det samme|#)",
  ],
  slower: [
    "(sende|sender|få|send|modtage) (mig |os |)*({ours} |dem |de )?(sjældnere|mindre ofte|langsommere)",
    "((lidt |noget |)(langsommere|sjaeldnere|sjældnere|mindre hyppigt|mindre ofte)|hver anden uge|hver 14 dag) *(tak|#)",
    "(saenk|sænk|ned med|skru ned for|nedsaet) *(tempoet|farten|frekvensen)",
    "(send|faa|fa) *(sjaeldnere|sjældnere|langsommere)",
  ],
  faster: [
    "((lidt |noget |)(hurtigere|oftere)|to gange om ugen) (tak)",
    "(oeg|øg|og|haev|hæv|saet|skru op for|op med) *(tempoet|farten|frekvensen)",
    "(send|faa|fa) *(oftere|hurtigere)",
  ],
  journal: [
    "(send|faa|fa|ma jeg|giv|vil gerne have|se|mail) *(min|mine|mit) (dagbog|journal|svar|noter|refleksioner)",
    "(kopi|alle) (af )?(mine) (svar|refleksioner|noter)",
  ],
  help: [
    "(hvilke|liste over) *(kommandoer|instruktioner|muligheder)",
    "hvordan (fungerer|virker) (det her|kurset|dette|det)( |$)",
    "(send|mail) *(vejledning@|instruktioner@|hjaelp|hjælp|kommandoer)",
  ],
  alone: {
    pause: "((en |hold )?pause( nu| kurset|)|pauser|saet pa pause|sæt på pause)",
    resume:
      "(fortsaet|fortsæt|fortsat|genoptag|genoptag kurset|fortsaet kurset|fortsæt kurset|jeg er tilbage|start igen|videre|klar igen)",
    next: "((den )?(naeste|næste)( lektion| del| modul|)( nu| straks|))",
    slower: "((lidt |noget )?(langsommere|sjaeldnere|sjældnere|mindre ofte)|for hurtigt( for mig|))",
    faster: "((lidt |noget )?(hurtigere|oftere)|for langsomt( for mig|))",
    journal: "((min )?(dagbog|journal)|mine svar)",
    help: "(hjaelp|hjælp|kommandoer|vejledning|hvordan virker det|hvordan fungerer det|help)",
  },
  nearly: [
    "(måske|kunne|kan) .{0,40}(sjældnere|oftere|langsommere|hurtigere|pause)",
    "(maaske|måske|maske|muligt|kunne|kan|hvordan|hvis|snart) .{0,60}(pause|holde pause|stoppe lidt)",
    "(igen|en gang til) .{0,10}(sende)|sende .{0,30}(igen|en gang til)|ikke (faaet|faet|modtaget)",
    "(springe over|ga tilbage|gaa tilbage) ",
  ],
};

const nb: SteeringWords = {
  ...da,
  units: { "uker|uke": 7, "maneder|maned": 28, "dager|dag": 1 },
  numbers: [
    "en|ei|et|1",
    "to|2|et par",
    "tre|3",
    "fire|4",
    "fem|5",
    "seks|6",
    "sju|syv|7",
    "atte|8",
    "ni|9",
    "ti|10",
    "elleve|11",
    "tolv|12",
  ],
  pause: [
    "(pause|ta pause|sett pa pause) (til|inntil|i)",
    ...da.pause,
    "(pause|sett|stopp|hold|avbryt) (vennligst |)*({ours}|meg|alt|kurset mitt)? *(pa pause|pa vent|i bero)",
    "(trenger|vil ha|onsker|ta|tar|gjerne) *(en )?(liten |kort |)?pause",
    "pause kurset|pause leksjonene",
  ],
  resume: [
    "(gjenoppta|fortsett|fortsette|start|aktiver|reaktiver) *({ours}|kurset|leksjonene|kurset mitt)( igjen|)",
    "(avslutt|stopp|opphev|slutt pa) *(pausen|min pause)",
    "(jeg er |er )(tilbake|klar igjen)",
  ],
  next: [
    "(send|fa|kan jeg|gi|vil gjerne ha|kunne jeg) *(meg |)?(den |)?neste( leksjon| del| mail| e ?post| modul|)",
    "neste (leksjon|del|modul) *(na|naa|takk|straks|allerede|med en gang|#)",
  ],
  slower: [
    "(sende|sender|få|send|motta) (meg |oss |)*({ours} |dem |de )?(sjeldnere|mindre ofte|langsommere)",
    "((litt |noe |)(saktere|sjeldnere|langsommere|mindre ofte|roligere)|annenhver uke) *(takk|#)",
    "(senk|ned med|skru ned|reduser) *(tempoet|farten|frekvensen)",
    "(send|fa) *(sjeldnere|saktere)",
  ],
  faster: [
    "(sende|sender|få|send|motta) (meg |oss |)*({ours} |dem |de )?(oftere|raskere|hyppigere)",
    "((litt |noe |)(raskere|oftere|fortere)|to ganger i uka) (takk)",
    "(ok|øk|oke|sett opp|skru opp) *(tempoet|farten|frekvensen)",
    "(send|fa) *(oftere|raskere)",
  ],
  journal: [
    "(send|fa|kan jeg|gi|vil gjerne ha|se) *(dagboken|dagboka|journalen|svarene|alle svarene|loggen) ?(min|mi|mine|mitt)",
    "(kopi|alle) (av )?(svarene mine|mine svar|refleksjonene mine)",
    "min (dagbok|journal)",
  ],
  help: [
    "(hvilke|liste over) *(kommandoer|instruksjoner|muligheter)",
    "hvordan (fungerer|virker) (dette|kurset|det)( |$)",
    "(send) *(instruksjon@|hjelp|kommandoer|veiledning@)",
  ],
  alone: {
    pause: "((en |ta |ta en )?pause( na| naa| kurset|)|sett pa pause)",
    resume:
      "(fortsett|gjenoppta|gjenoppta kurset|fortsett kurset|jeg er tilbake|start igjen|videre|klar igjen|start kurset igjen)",
    next: "((den )?neste( leksjon| del| modul|)( na| naa| straks|))",
    slower:
      "((litt |noe )?(saktere|sjeldnere|langsommere|mindre ofte|roligere)|for fort( for meg|)|for raskt)",
    faster: "((litt |noe )?(raskere|oftere|fortere)|for sakte( for meg|))",
    journal: "((min )?(dagbok|journal|dagboka|dagboken)( min|)|svarene mine)",
    help: "(hjelp|kommandoer|veiledning|hvordan virker det|hvordan fungerer det|help)",
  },
  nearly: [
    "(kanskje|kunne|kan) .{0,40}(sjeldnere|oftere|langsommere|pause)",
    "(kanskje|mulig|kunne|kan|hvordan|hvis|snart) .{0,60}(pause|ta pause|stoppe litt)",
    "(igjen|en gang til) .{0,10}(sende)|sende .{0,30}(igjen|en gang til)|ikke (fatt|mottatt)",
    "(hoppe over|ga tilbake) ",
  ],
};

const fi: SteeringWords = {
  units: {
    "viikoksi|viikon|viikkoa|viikko": 7,
    "kuukaudeksi|kuukauden|kuukautta": 28,
    "paivaksi|paivan|paivaa": 1,
  },
  numbers: [
    "yhdeksi|yhden|yksi|1",
    "kahdeksi|kahden|kaksi|pariksi|2",
    "kolmeksi|kolmen|kolme|3",
    "neljaksi|neljan|nelja|4",
    "viideksi|viiden|viisi|5",
    "kuudeksi|kuuden|kuusi|6",
    "seitsemaksi|7",
    "kahdeksaksi|8",
    "yhdeksaksi|9",
    "kymmeneksi|10",
    "11",
    "12",
  ],
  until: "asti|saakka|mennessa|takaisin|ennen",
  vague: "(joulun|pyhien|loman|kesan|paasiaisen|lomien) (yli|ajaksi|aikana|jalkeen)",
  pause: [
    "(keskeyta@|keskeytt@|tauota@|pysayta@|pysaytt@|laita@|laittakaa|pista@|panna) *({ours}|kurssi@|oppitunn@|kaikki) ?(tauolle|hetkeksi|)",
    "tauolle",
    "(haluan|haluaisin|tarvitsen|pidan|pitaisin|pyydan) *(tauon|taukoa|pienen tauon)",
    "tauko *(asti|saakka|viikoksi|kuukaudeksi)",
  ],
  resume: [
    "(jatka@|jatketaan|kaynnista@|aloita@|aktivoi@) *(kurssi@|oppitunt@|taas|uudelleen)",
    "(lopeta@|paata@) *(tauko|tauon|taukoni)",
    "olen (taas )?(takaisin|palannut)",
  ],
  next: [
    "(lahett@|laheta@|saisinko|saanko|haluan|saada|voisinko) *(seuraava|seuraavan)( oppitun@| osan| viestin|)",
    "seuraava (oppitunti|osa|viesti) *(heti|nyt|kiitos|#)",
  ],
  slower: [
    "(hitaammin|harvemmin|hitaampi tahti|hitaampaa tahtia|joka toinen viikko) *(kiitos|pliis|#)",
    "(hidasta@|harvenna@|laske@) *(tahti@|kurssi@|oppitunt@|vauhti@)",
    "(lahett@|saada) *(harvemmin|hitaammin)",
  ],
  faster: [
    "(nopeammin|useammin|nopeampi tahti|kahdesti viikossa) (kiitos|pliis)",
    "(nopeuta@|kiihdyta@|nosta@|tihenna@) *(tahti@|kurssi@|vauhti@)",
    "(lahett@|saada) *(useammin|nopeammin)",
  ],
  journal: [
    "(lahett@|laheta@|saisinko|saanko|haluan|saada|nahda) *(paivakirja@|vastaukseni|kirjoitukseni)",
    "(kopio|kaikki) *(vastaukseni|vastauksistani)",
  ],
  help: [
    "(mita|mitka|lista) *(komentoja|komennot|ohjeet|ohjeita)( on|)",
    "miten (tama|kurssi) toimii",
    "(lahett@|laheta@) *(ohjeet|ohje@|komennot)",
  ],
  alone: {
    pause: "(tauko|tauolle|keskeyta|keskeytys|pida tauko|kurssi tauolle|tauota)",
    resume: "(jatka|jatketaan|jatka kurssia|jatkan|olen takaisin|jatko|jatka nyt|jatketaan kurssia)",
    next: "(seuraava( oppitunti| osa|)( nyt| heti|))",
    slower: "((vahan |hieman )?(hitaammin|harvemmin)|liian nopeasti|liian nopea)",
    faster: "((vahan |hieman )?(nopeammin|useammin)|liian hidas|liian hitaasti)",
    journal: "((minun |mun )?(paivakirja|paivakirjani)|vastaukseni)",
    help: "(apua|apu|ohje|ohjeet|komennot|help|miten tama toimii)",
  },
  nearly: [
    "(ehka|voisi@|voiko|miten|jos|pian|olisiko|voinko) .{0,60}(tauko|tauon|tauolle|keskeytt|harvemmin|useammin)",
    "uudelleen .{0,20}lahett|lahett.{0,30}uudelleen|en (saanut|ole saanut)",
  ],
};

const pl: SteeringWords = {
  units: { "tygodnie|tygodni|tydzien|tygodnia": 7, "miesiace|miesiecy|miesiac": 28, "dni|dzien": 1 },
  numbers: [
    "jeden|1",
    "dwa|2|pare",
    "trzy|3",
    "cztery|4",
    "piec|5",
    "szesc|6",
    "siedem|7",
    "osiem|8",
    "dziewiec|9",
    "dziesiec|10",
    "11",
    "12",
  ],
  until: "do|do dnia|przed|wracam|od",
  vague: "(na|w|podczas|po|przez) (czas )?(swiat@|swieta|wakacj@|urlop@|ferie|wielkanoc@|lato)",
  pause: [
    "(wstrzyma@|zawies@|przerw@|zatrzyma@|zamroz@|pauzuj@) *({ours}|kurs|lekcje|wysylk@|mnie|wszystko)",
    "(prosze|chce|chcialbym|chcialabym|potrzebuje|zrobi@|robie|poprosze) *(o |)?(krotka |)?(pauze|przerwe|wstrzymanie|zawieszenie)",
    "(pauza|przerwa) (do|na|przez)",
    "(bez|zadnych|prosze nie wysylac) *(lekcji|maili) *do",
  ],
  resume: [
    "(wznow@|kontynu@|przywroc@|wznawia@|uruchom@) *(prosze |)?(kurs|lekcje|wysylk@|moj kurs|wysylanie)",
    "(zakoncz@|koniec) *(pauze|przerwe|przerwy|pauzy)",
    "(wrocil@|jestem z powrotem|juz jestem)",
  ],
  next: [
    "(wysl@|przysl@|dostac|otrzyma@|poprosze|prosze o|dajcie|prosze) *(nastepna|nastepnej|kolejna|nastepny|kolejny)( lekcj@| czesc| mail|)",
    "(nastepna|kolejna) (lekcja|lekcje|czesc) *(teraz|juz|prosze|od razu|#)",
  ],
  slower: [
    "(wolniej|rzadziej|co dwa tygodnie) *(prosze|dzieki|#)",
    "(zwolni@|zmniejsz@|spowolni@) *(tempo|czestotliwosc|kurs|lekcje)",
    "(wysyla@|dostawa@) *(rzadziej|wolniej)",
  ],
  faster: [
    "(szybciej|czesciej|dwa razy w tygodniu) (prosze|dzieki)",
    "(przyspiesz@|zwieksz@) *(tempo|czestotliwosc|kurs|lekcje)",
    "(wysyla@|dostawa@) *(czesciej|szybciej)",
  ],
  journal: [
    "(wysl@|przysl@|dostac|otrzyma@|poprosze|prosze o|zobaczyc) *(moj|swoj) (dziennik|pamietnik)",
    "(wysl@|przysl@|kopia|kopie|wszystkie|prosze o) *(moje|moich|wszystkich moich) (odpowiedz@|notatk@|refleksj@|wpis@)",
  ],
  help: [
    "(jakie|lista|jakie sa|liste) *(komendy|polecenia|polecen|komend|instrukcje)",
    "jak (to|ten kurs|kurs) dziala",
    "(wysl@|przysl@|prosze o) *(instrukcj@|pomoc|komend@)",
  ],
  alone: {
    pause: "(pauza|przerwa|wstrzymaj|wstrzymac|pauzuj|zawies|pauze|przerwe)( kurs| teraz|)",
    resume: "(wznow|wznowic|kontynuuj|kontynuowac|wracam|dalej z kursem|wznow kurs|kontynuuje|wznowienie)",
    next: "(nastepna|kolejna|nastepny|nastepne)( lekcja| czesc|)( teraz| juz|)",
    slower: "((troche |nieco )?(wolniej|rzadziej)|za szybko( dla mnie|))",
    faster: "((troche |nieco )?(szybciej|czesciej)|za wolno( dla mnie|))",
    journal: "((moj )?(dziennik|pamietnik)|moje odpowiedzi)",
    help: "(pomoc|pomocy|komendy|polecenia|instrukcja|jak to dziala|help)",
  },
  nearly: [
    "(moze|mozna|czy|jak|jesli|wkrotce|chyba|dalob@) .{0,60}(przerw@|pauz@|wstrzym@|rzadziej|czesciej)",
    "(jeszcze raz|ponownie) .{0,10}(wysl|przysl)|(wyslac|przyslac) .{0,30}(jeszcze raz|ponownie)|nie (dostal|dotarl|otrzymal)@",
  ],
};

const cs: SteeringWords = {
  units: { "tydny|tyden|tydnu": 7, "mesice|mesic|mesicu": 28, "dny|dni|dnu|den": 1 },
  numbers: [
    "jeden|1",
    "dva|2|par",
    "tri|3",
    "ctyri|4",
    "pet|5",
    "sest|6",
    "sedm|7",
    "osm|8",
    "devet|9",
    "deset|10",
    "11",
    "12",
  ],
  until: "do|az do|pred|zpatky|zpet|od",
  vague: "(pres|na|behem|po) (svatky|svatcich|vanoc@|dovolen@|prazdnin@|leto|velikonoc@)",
  pause: [
    "(pozastav@|prerus@|zastav@|odloz@|pauzn@|pauznout) *({ours}|kurz|lekce|zasilani|me|vse)",
    "(prosim|chci|chtel bych|chtela bych|potrebuji|potreboval@|dat si|dam si) *(o |)?(kratkou |)?(pauzu|prestavku|preruseni|pozastaveni)",
    "(pauza|prestavka) (do|na|az)",
    "(zadne|neposil@) *(lekce|maily)? *do",
  ],
  resume: [
    "(obnov@|pokrac@|znovu spus@|spus@) *(prosim |v |)?(kurz|kurzu|lekce|zasilani|muj kurz)",
    "(ukonc@|konec) *(pauzu|pauzy|prestavku|prestavky)",
    "(jsem zpet|jsem zpatky|uz jsem)",
  ],
  next: [
    "(posl@|poslete|dostat|chci|prosim|prosil@) *(mi |)?(dalsi|nasledujici|pristi)( lekci| cast| mail|) ?(hned|uz|prosim|#|ted)",
    "(dalsi|nasledujici) (lekce|lekci|cast) *(hned|ted|prosim|#)",
  ],
  slower: [
    "(pomaleji|mene casto|jednou za dva tydny|ridceji) *(prosim|diky|#)",
    "(zpomal@|sniz@) *(tempo|frekvenc@|kurz|lekce)",
    "(posila@|dostava@) *(mene casto|pomaleji)",
  ],
  faster: [
    "(rychleji|casteji|dvakrat tydne) (prosim|diky)",
    "(zrychl@|zvys@) *(tempo|frekvenc@|kurz|lekce)",
    "(posila@|dostava@|zasila@) *(casteji|rychleji)",
  ],
  journal: [
    "(posl@|poslete|dostat|chci|prosim|videt) *(mi |o |)?(muj|svuj) (denik|zapisnik)",
    "(posl@|kopii|vsechny|vsech) *(moje|me|mych) (odpovedi|poznamky|uvahy)",
  ],
  help: [
    "(jake|seznam|jake jsou) *(prikazy|prikazu|pokyny|instrukce)",
    "jak (to|tohle|kurz) (tu |tady |)*funguje",
    "(posl@|poslete) *(navod|pokyny|instrukce|pomoc)",
  ],
  alone: {
    pause: "(pauza|pauzu|prestavka|pozastavit|prerusit|pauznout|pozastavte)( kurz| ted|)",
    resume: "(pokracovat|pokracuj|pokracujte|obnovit|jsem zpet|jsem zpatky|obnovit kurz|pokracovat v kurzu)",
    next: "(dalsi|nasledujici|pristi)( lekce| lekci| cast|)( ted| hned|)",
    slower: "((trochu |o neco )?(pomaleji|mene casto|ridceji)|moc rychle|prilis rychle)",
    faster: "((trochu |o neco )?(rychleji|casteji)|moc pomalu|prilis pomalu)",
    journal: "((muj )?(denik|zapisnik)|moje odpovedi)",
    help: "(pomoc|napoveda|prikazy|pokyny|navod|jak to funguje|help)",
  },
  nearly: [
    "(mozna|asi|brzy|jak|pokud|lze|muzu|slo by|mohli) .{0,60}(prestavk@|pauz@|prerus@|pozastav@)",
    "(jeste jednou|znovu) .{0,10}posl|poslat .{0,30}(znovu|jeste jednou)|ne(dostal|prisl)@",
  ],
};

const tr: SteeringWords = {
  units: { hafta: 7, "haftalik|haftaligina": 7, "ay|aylik|ayligina": 28, "gun|gunluk|gunlugune": 1 },
  numbers: [
    "bir|1",
    "iki|2",
    "uc|3",
    "dort|4",
    "bes|5",
    "alti|6",
    "yedi|7",
    "sekiz|8",
    "dokuz|9",
    "on|10",
    "11",
    "12",
  ],
  until: "kadar|dek|itibaren|once|donuyorum",
  vague: "(tatil|bayram|yaz|izin|yilbasi)@ (boyunca|suresince|sonra@|kadar|icin|sonuna)",
  pause: [
    "kadar (bana |hiçbir |lütfen |başka |yeni )*(ders@|mail@|e posta@|mesaj@) (gonderme@|göndermey@|gondermey@|yollama@|atma@)",
    "(kurs@|ders@|egitim@|gonderim@|mail@|beni) *(durdur@|duraklat@|ara ver@|askiya al@|beklet@|dondur@)",
    "ara ver(in|mek|ir|iyorum|elim|ebilir)@? *(misin@|istiyorum|lutfen|#)?",
    "(duraklat@|askiya al@)",
    "mola (istiyorum|vermek|rica)",
  ],
  resume: [
    "(kurs@|ders@|egitim@|kaldigim yerden) *(devam|surdur@|yeniden basla@|tekrar basla@|aktif@)",
    "(duraklatma@|arayi|aramı|molayi) *(bitir@|sonlandir@|kaldir@)",
    "(geri dondum|dondum devam)",
  ],
  next: [
    "(bir |)?(sonraki|siradaki) (dersi|ders|bolumu|konuyu|e ?postayi) *(gonder@|yolla@|at@|hemen|simdi|alabilir@|istiyorum|rica|lutfen)",
    "(sonraki|siradaki) ders lutfen",
  ],
  slower: [
    "(daha (yavas|seyrek|az siklikla)|iki haftada bir) *(lutfen|gonder@|olsun|olabilir|tesekk@|#)",
    "(yavaslat@|seyreltin|tempoyu dusur@|hizi dusur@)",
  ],
  faster: [
    "(daha (hizli|sik)|haftada iki) (lutfen|gonder@|olsun|olabilir|tesekk@)",
    "(hizlandir@|tempoyu artir@|hizi artir@)",
  ],
  journal: [
    "(gunlugumu|defterimi|yazdiklarimi|tum cevaplarimi|cevaplarimi|yanitlarimi) *(gonder@|yolla@|alabilir@|istiyorum|gor@|at@)",
  ],
  help: [
    "(hangi|ne gibi|tum) *(komut@|talimat@) *(var|nedir|neler|gonder@|#)?",
    "(bu|kurs) nasil (calisiyor|isliyor)",
    "(talimat@|yardim|komut@) *(gonder@|yolla@)",
  ],
  alone: {
    pause: "(ara|duraklat|durdur|mola|ara ver|duraklatin|ara verin|kursu duraklat|kursu durdur)( lutfen|)",
    resume: "(devam|devam et|devam edin|surdur|geri dondum|kursa devam|devam edelim)( lutfen|)",
    next: "((bir )?(sonraki|siradaki)( ders| dersi|)( simdi| hemen|))",
    slower: "((biraz )?(daha )?(yavas|seyrek)|cok hizli|daha az sik)",
    faster: "((biraz )?(daha )?(hizli|sik)|cok yavas)",
    journal: "(gunlugum|gunluk|defterim|yazdiklarim|cevaplarim)",
    help: "(yardim|komutlar|talimatlar|nasil calisiyor|help)",
  },
  nearly: [
    "(biraz|tatilde|belki|acaba) .{0,30}(ara ver@|mola|yavaş@|seyrek)",
    "(belki|mumkun|nasil|acaba|yakinda|olur mu|verebilir) .{0,60}(ara|mola|duraklat)",
    "(tekrar|yeniden) (gonder|yolla)@|(almadim|gelmedi|ulasmadi)",
  ],
};

const ru: SteeringWords = {
  units: { "недели|неделю|недель|неделя": 7, "месяца|месяцев|месяц": 28, "днеи|дня|день": 1 },
  numbers: [
    "одну|один|1",
    "две|два|2|пару",
    "три|3",
    "четыре|4",
    "пять|5",
    "шесть|6",
    "семь|7",
    "восемь|8",
    "девять|9",
    "десять|10",
    "11",
    "12",
  ],
  until: "до|по|вернусь|перед|с",
  vague: "(на|во время|после|в) (праздник@|каникул@|отпуск@|лето|новогодн@)",
  pause: [
    "(приостанов@|поставьте|поставить|останов@|прерв@|замороз@|отлож@) *(пожалуиста |)?({ours}|курс|уроки|меня|все|рассылку)? *(на паузу|паузу|#|до|на)",
    "(на паузу)",
    "(прошу|хочу|хотел бы|хотела бы|нужна|нужен|возьму|сделать|сделаите) *(паузу|перерыв|пауза)",
    "(пауза|перерыв) (до|на|в)",
    "(не присыла@|без уроков) *до",
  ],
  resume: [
    "(возобнов@|продолж@|снимите|запуст@) *(пожалуиста |)?(курс|уроки|рассылку|мои курс|с паузы|присылать|отправку)",
    "(законч@|снять|конец|прекрат@) *(паузу|паузы|перерыв@)",
    "(я )?(вернулся|вернулась|снова здесь)",
  ],
  next: [
    "(пришл@|отправ@|получить|можно|даите|хочу|выслать|вышл@|давайте) *(мне |)?(следующ@)( урок| часть| письмо|)",
    "следующ@ (урок|часть) *(сеичас|сразу|пожалуиста|уже|#)",
  ],
  slower: [
    "(медленнее|помедленнее|реже|раз в две недели) *(пожалуиста|спасибо|#)",
    "(замедл@|сниз@|уменьш@) *(темп|частоту|курс|скорость)",
    "(присыла@|отправля@|получать) *(реже|медленнее)",
  ],
  faster: [
    "(быстрее|побыстрее|чаще|почаще|два раза в неделю) (пожалуиста|спасибо)",
    "(ускор@|увелич@) *(темп|частоту|курс|скорость)",
    "(присыла@|отправля@|получать) *(чаще|быстрее)",
  ],
  journal: [
    "(пришл@|отправ@|получить|даите|хочу|вышл@|увидеть) *(мне |)?(мои|свои|мои весь) (дневник|журнал)",
    "(пришл@|отправ@|получить|вышл@|копи@) *(все |всех |)?(мои|мне мои|мне все мои|моих|все мои) (ответы|ответов|записи|заметки|размышления)",
  ],
  help: [
    "(какие|список) *(есть |)?(команды|команд|инструкции)( есть|)",
    "как (это|тут все|курс|здесь все) (работает|устроен@)",
    "(пришл@|отправ@|вышл@) *(инструкци@|помощь|команды|справку)",
  ],
  alone: {
    pause:
      "(пауза|паузу|перерыв|приостановить|приостановите|остановите пока|на паузу|пауза курса)( пожалуиста|)",
    resume:
      "(продолжить|продолжаите|возобновить|возобновите|дальше по курсу|я вернулся|я вернулась|продолжаем|продолжить курс|снять с паузы|продолжаи)",
    next: "(следующии|следующая|следующую|следующее)( урок| часть|)( сеичас| сразу|)",
    slower: "((немного |чуть |чуть чуть )?(медленнее|помедленнее|реже|пореже)|слишком быстро)",
    faster: "((немного |чуть |чуть чуть )?(быстрее|побыстрее|чаще|почаще)|слишком медленно)",
    journal: "((мои )?(дневник|журнал)|мои ответы)",
    help: "(помощь|команды|справка|инструкция|как это работает|help)",
  },
  nearly: [
    "(можно|нельзя|хорошо бы|может) .{0,30}(пореже|реже|почаще|чаще|помедленнее|медленнее|перерыв|пауз@)",
    "(может|можно|как|если|скоро|возможно|наверное) .{0,60}(пауз@|перерыв@|приостан@)",
    "(еще раз|повторно) .{0,10}(присл|отправ)@|(прислать|отправить) .{0,30}(еще раз|повторно)|не (получил|пришел|пришло|дошло)@",
  ],
};

const ja: SteeringWords = {
  units: { 週間: 7, 週: 7, "か月|ヶ月|カ月|ヵ月": 28, 日間: 1 },
  numbers: ["1|一", "2|二", "3|三", "4|四", "5|五", "6|六", "7|七", "8|八", "9|九", "10|十", "11", "12"],
  until: "まで|から再開|に戻",
  vague: "(年末年始|夏休み|お盆|連休|休暇|正月|クリスマス)(の間|中|に|は|まで)?",
  pause: [
    "(講座|コース|レッスン|配信|メール|受講)(を|の)?.{0,12}(一時停止|休止|中断|一旦停止|一時中断|お休み|休ませ|止め)",
    "(一時停止|休止|中断)(を|して|お願い|希望|し)",
    "(休み|お休み|休憩)(を|に)?(したい|させて|ください|お願い|いただ)",
    "(まで|間).{0,10}(送らないで|止めて|停止して|休ませて|お休み)",
  ],
  resume: [
    "(講座|コース|レッスン|配信|受講)(を|の)?.{0,8}(再開|続けて|続きを)",
    "(一時停止|休止|停止)(を)?(解除|終了|やめ)",
    "再開(して|を|お願い|したい|希望)",
  ],
  next: [
    "次の?(レッスン|講座|回|課|メール|分)(を|は|も)?.{0,10}(送|ください|お願い|いただ|ほし|欲し|今すぐ)",
    "次(を|も)(お願い|ください|送)",
  ],
  slower: [
    "(もう少し|もっと)?(ゆっくり|遅く|間隔を(あけ|空け|長く)|頻度を(下げ|減ら|落と)|ペースを(落と|下げ|ゆる|遅))(.{0,8}(お願い|ください|して|たい|いただ|希望))?",
    "(2週間|二週間|隔週)に.{0,4}(して|お願い|変更)",
  ],
  faster: [
    "(もう少し|もっと)?(速く|早く|頻度を(上げ|増や)|ペースを(上げ|速|早)|頻繁に).{0,8}(お願い|ください|して|たい|いただ|希望|送)",
  ],
  journal: [
    "(日記|ジャーナル|記録|私の(返信|回答|振り返り)|これまでの(返信|回答|返事|振り返り))(を|の)?.{0,12}(送|ください|お願い|見|いただ|ほし)",
  ],
  help: [
    "(コマンド|使い方|操作方法|説明書?|命令)(を|は|の|一覧).{0,12}(教え|送|ください|何|ありますか|お願い|知り)",
  ],
  alone: {
    pause:
      "(一時停止|休止|休み|お休み|中断|ポーズ|一時中断|休講)(お願いします|をお願いします|してください|希望|)",
    resume: "(再開|続き|続ける|続けて|再開します|再開希望|復帰)(お願いします|をお願いします|してください|)",
    next: "(次|次へ|次のレッスン|次の講座|次をお願いします|次回)(お願いします|をお願いします|をください|ください|)",
    slower: "(もう少し|もっと)?(ゆっくり|遅く|ペースを落として)(お願いします|でお願いします|してください|)",
    faster: "(もう少し|もっと)?(速く|早く|ペースを上げて)(お願いします|してください|)",
    journal: "(日記|ジャーナル|私の日記|記録|私の回答)(お願いします|をお願いします|をください|)",
    help: "(ヘルプ|助けて|使い方|コマンド|コマンド一覧|説明|help)(お願いします|をお願いします|を教えてください|)",
  },
  nearly: [
    "(できますか|可能ですか|でしょうか|かもしれ|どうすれば).{0,10}(休|停止|中断)|(休み|休|停止|中断|お休み).{0,10}(できますか|可能ですか|でしょうか|かもしれ|かな)",
    "(もう一度|再度).{0,6}送|届(いて|か)(いません|ない)",
  ],
};

const zh: SteeringWords = {
  units: { "个?(星期|礼拜)|周": 7, 个月: 28, 天: 1 },
  numbers: ["一|1", "两|二|2", "三|3", "四|4", "五|5", "六|6", "七|7", "八|8", "九|9", "十|10", "11", "12"],
  until: "到|至|直到|之前|以前|回来",
  vague: "(春节|元旦|假期|圣诞|暑假|寒假|放假|过年|节日)(期间|之后|以后|后)?",
  pause: [
    "(暂停|暫停|中止一下|停一停|先停|暂缓|搁置|冻结)(我的|一下|发送|课程|課程|邮件|两|三|到|至|发|这|我|[0-9一二三四五六七八九十])",
    "(到|至|之前|以前|期间|前).{0,6}(不要|别|请勿|停止|暂停)(再)?(给我|向我)?(发|寄|推送)",
    "(休息|停|暂停)(几天|一段时间|[0-9一二三四五六七八九十两]+(个)?(周|星期|天|月))",
    "(想|要|需要|申请|请求|请)(先)?(暂停|休息一下|停一下)",
  ],
  resume: [
    "(恢复|恢復|继续|繼續|重新开始|重启)(我的|发送|课程|課程|上课|学习|发|发课|给我发|邮件|这个课程)",
    "(结束|取消|解除)(我的)?暂停",
    "我回来了",
  ],
  next: [
    "(请|請|麻烦|能|可以|立即|马上|现在)?.{0,4}(发|發|给|看|要|来|收到|送).{0,3}(下一|下)(课|课程|节|堂|篇|封|个|章|讲|節|課)",
    "下一(课|节|堂|篇|封|章|讲|课程|課|節)(请|吧|谢谢|，|,|$)",
  ],
  slower: [
    "(放慢|减慢|降低|慢一点|慢点|慢些|少发)(一点|一些|课程|速度|频率|节奏|发送)?.{0,4}(请|谢谢|吧|好吗|可以|发|$)",
    "(请|麻烦|能不能|可以|可否|能否).{0,4}(慢一点|慢点|慢些|放慢|隔周|两周一次|少发|减慢|降低)",
  ],
  faster: [
    "(加快|提高|增加)(一点|一些|课程|速度|频率|节奏|发送)",
    "(请|麻烦|能不能|可以|可否|能否).{0,4}(快一点|快点|快些|加快|多发|更频繁|一周两次)",
  ],
  journal: [
    "把我(的)?(所有|全部|之前)?(的)?(回答|回复|答案|日记|反思|记录)(都|全部)?(发|寄)给我",
    "(发|發|给|寄|看|要|想要).{0,4}我的(日记|日志|笔记|所有回复|全部回复|回复|所有回答|答案|记录)",
    "我(写过|回复过|写)的(所有|全部)?(内容|东西|回复).{0,4}(发|给|寄)",
  ],
  help: [
    "(有|是)?(哪些|什么)(命令|指令|口令)",
    "(怎么|如何)(使用|用|操作)(这个|本)?(课程|系统)?$",
    "(发|给我).{0,4}(说明|帮助|命令|指令)",
  ],
  alone: {
    pause: "(暂停|暫停|休息|请暂停|暂停课程|先暂停|停一下)(谢谢|一下|吧|)",
    resume: "(继续|繼續|恢复|请继续|请恢复|恢复课程|继续课程|我回来了)(谢谢|吧|)",
    next: "(下一课|下一节|下一个|下一篇|下一封|下一堂|下一课程|请发下一课|下一章|下一讲|下一課)(谢谢|吧|，谢谢|)",
    slower: "(慢一点|慢点|慢些|太快了|请慢一点|放慢|更慢)(谢谢|吧|)",
    faster: "(快一点|快点|快些|太慢了|请快一点|加快|更快)(谢谢|吧|)",
    journal: "(日记|我的日记|日志|我的回复|我的笔记|我的记录)(谢谢|)",
    help: "(帮助|幫助|命令|指令|说明|help)(谢谢|)",
  },
  nearly: [
    "(可以|能|可能|也许|怎么|如果|想).{0,15}(暂停|休息)(吗|呢|一下吗)?",
    "(再|重新)(发|寄)(一次|一遍)|没(有)?收到",
  ],
};

const uk: SteeringWords = {
  ...ru,
  units: { "тижні|тижнів|тиждень|тижня": 7, "місяці|місяців|місяць": 28, "днів|дні|день": 1 },
  numbers: [
    "один|одну|1",
    "два|дві|2",
    "три|3",
    "чотири|4",
    "п ять|5",
    "шість|6",
    "сім|7",
    "вісім|8",
    "дев ять|9",
    "десять|10",
    "11",
    "12",
  ],
  until: "до|по|повернуся|перед|з",
  pause: [
    "(призупин@|поставте|зупин@|відклад@) *(будь ласка |)?({ours}|курс|уроки|мене|все|розсилку)? *(на паузу|паузу|#|до|на)",
    "на паузу",
    "(прошу|хочу|потрібна|зробіть|візьму) *(паузу|перерву|пауза|перерва)",
    "(пауза|перерва) (до|на)",
  ],
  resume: [
    "(відновіть|відновити|продовж@|зніміть) *(будь ласка |)?(курс|уроки|розсилку|міи курс|з паузи|надсилати)",
    "(закінч@|кінець|зняти) *(паузу|паузи|перерв@)",
    "(я )?(повернувся|повернулася|знову тут)",
  ],
  next: [
    "(надішл@|надіслати|отримати|можна|даите|хочу|пришл@) *(мені |)?(наступн@)( урок| частину| лист|)",
    "наступн@ (урок|частину) *(зараз|одразу|будь|#)",
  ],
  slower: [
    "(повільніше|рідше|раз на два тижні) *(будь|дякую|#)",
    "(сповільн@|зменш@) *(темп|частоту|курс)",
    "(надсила@|отримувати) *(рідше|повільніше)",
  ],
  faster: [
    "(швидше|частіше|двічі на тиждень) (будь|дякую)",
    "(прискор@|збільш@) *(темп|частоту|курс)",
    "(надсила@|отримувати) *(частіше|швидше)",
  ],
  journal: [
    "(надішл@|надіслати|отримати|хочу|пришл@) *(мені |)?(міи|свіи) (щоденник|журнал)",
    "(надішл@|копі@) *(всі |усі |)?(моі|мені моі|моіх) (відповіді|записи|нотатки)",
  ],
  help: [
    "(які|список) *(є |)?(команди|команд|інструкціі)",
    "як (це|курс) працює",
    "(надішл@) *(інструкці@|допомогу|команди)",
  ],
  alone: {
    pause: "(пауза|паузу|перерва|призупинити|призупиніть)( будь ласка|)",
    resume: "(продовжити|відновити|відновіть|продовжуите|я повернувся|я повернулася|продовжуємо)",
    next: "(наступнии|наступна|наступну)( урок| частина| частину|)( зараз| одразу|)",
    slower: "((трохи |трішки )?(повільніше|рідше)|занадто швидко)",
    faster: "((трохи |трішки )?(швидше|частіше)|занадто повільно)",
    journal: "((міи )?(щоденник|журнал)|моі відповіді)",
    help: "(допомога|команди|довідка|як це працює|help)",
  },
};

export const STEERING = { en, de, fr, es, it, pt, nl, sv, da, nb, fi, pl, cs, tr, ru, uk, ja, zh };
