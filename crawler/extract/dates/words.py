"""The words that dates are written with, by language: sorted data, and the look-ups built of it.

Month and weekday names are facts of the Unicode CLDR (the forms that dateparser carries too), in
lower case and without full stops: `/` parts the forms of one name, a space parts the names. A
language that is not here is no loss: `dates` then asks dateparser.

Does not read dates.
"""

import unicodedata
from collections.abc import Sequence

MONTH_NAMES: dict[str, str] = {
    "en": (
        "jan/january feb/february mar/march apr/april may jun/june jul/july aug/august "
        "sep/september/sept oct/october nov/november dec/december"
    ),
    "de": (
        "jan/januar/jänner feb/februar/feber mär/märz/mrz/maerz apr/april mai jun/juni jul/juli "
        "aug/august sep/sept/september okt/oktober nov/november dez/dezember"
    ),
    "fr": (
        "janv/janvier/jan févr/février/fév mars avr/avril mai juin/jun juil/juillet/jul "
        "août/aoû sept/septembre/sep oct/octobre nov/novembre déc/décembre"
    ),
    "es": (
        "ene/enero feb/febrero mar/marzo abr/abril may/mayo jun/junio jul/julio ago/agosto "
        "sept/septiembre/setiembre/sep/set oct/octubre nov/noviembre dic/diciembre"
    ),
    "it": (
        "gen/gennaio feb/febbraio mar/marzo apr/aprile mag/maggio giu/giugno lug/luglio "
        "ago/agosto set/settembre ott/ottobre nov/novembre dic/dicembre"
    ),
    "pt": (
        "jan/janeiro fev/fevereiro mar/março abr/abril mai/maio jun/junho jul/julho ago/agosto "
        "set/setembro/septembro out/outubro nov/novembro dez/dezembro"
    ),
    "nl": (
        "jan/januari feb/februari maart/mrt apr/april mei jun/juni jul/juli aug/augustus "
        "sep/september okt/oktober nov/november dec/december"
    ),
    "sv": (
        "jan/januari feb/februari mars apr/april maj juni/jun juli/jul aug/augusti "
        "sep/september/sept okt/oktober nov/november dec/december"
    ),
    "no": (
        "jan/januar feb/februar mar/mars apr/april mai jun/juni jul/juli aug/august "
        "sep/september okt/oktober nov/november des/desember"
    ),
    "da": (
        "jan/januar feb/februar mar/marts apr/april maj jun/juni jul/juli aug/august "
        "sep/september okt/oktober nov/november dec/december"
    ),
    "fi": (
        "tammi/tammik/tammikuu/tammikuuta/tammikuussa "
        "helmi/helmik/helmikuu/helmikuuta/helmikuussa "
        "maalis/maalisk/maaliskuu/maaliskuuta/maaliskuussa "
        "huhti/huhtik/huhtikuu/huhtikuuta/huhtikuussa "
        "touko/toukok/toukokuu/toukokuuta/toukokuussa kesä/kesäk/kesäkuu/kesäkuuta/kesäkuussa "
        "heinä/heinäk/heinäkuu/heinäkuuta/heinäkuussa elo/elok/elokuu/elokuuta/elokuussa "
        "syys/syysk/syyskuu/syyskuuta/syyskuussa loka/lokak/lokakuu/lokakuuta/lokakuussa "
        "marras/marrask/marraskuu/marraskuuta/marraskuussa "
        "joulu/jouluk/joulukuu/joulukuuta/joulukuussa"
    ),
    "pl": (
        "sty/styczeń/stycznia/styczen/styczniu lut/lutego/luty/lutym mar/marca/marzec/marcu "
        "kwi/kwiecień/kwietnia/kwiecien/kwietniu/kwie maj/maja/maju "
        "cze/czerwca/czerwiec/czerwcu lip/lipca/lipiec/lipcu "
        "sie/sierpień/sierpnia/sierpien/sierpniu "
        "wrz/wrzesień/września/wrzesien/wrzesnia/wrześniu/wrzesniu "
        "paź/październik/października/pazdziernik/pazdziernika/październiku/pazdzierniku/paz "
        "lis/listopad/listopada/listopadzie gru/grudnia/grudzień/grudzien/grudniu"
    ),
    "cs": (
        "led/leden/ledna/lednu úno/únor/února/únr/únoru bře/březen/března/březnu "
        "dub/duben/dubna/dubnu kvě/květen/května/květnu červen/června/čvn/čer/červnu "
        "července/červenec/čvc/črc/červenci/črv srp/srpen/srpna/srpnu zář/září "
        "říj/říjen/října/říjnu lis/listopad/listopadu pro/prosince/prosinec/prosinci"
    ),
    "sk": (
        "jan/január/januára feb/február/februára mar/marca/marec apr/apríl/apríla máj/mája "
        "jún/júna júl/júla aug/august/augusta sep/september/septembra okt/október/októbra "
        "nov/november/novembra dec/december/decembra"
    ),
    "hu": (
        "jan/január febr/február/feb márc/március/már ápr/április máj/május jún/június "
        "júl/július aug/augusztus szept/szeptember okt/október nov/november dec/december"
    ),
    "ro": (
        "ian/ianuarie feb/februarie/febr mar/martie/mart apr/aprilie mai iun/iunie iul/iulie "
        "aug/august sept/septembrie/sep oct/octombrie noiembrie/nov/noiem dec/decembrie"
    ),
    "bg": (
        "яну/януари/ян фев/февруари/фв март апр/април/ап май юни/юн юли/юл авг/август "
        "сеп/септември/септ/септм окт/октомври ное/ноември дек/декември"
    ),
    "ru": (
        "янв/январь/января февр/февраль/февраля/фев мар/март/марта апр/апрель/апреля май/мая "
        "июн/июнь/июня июл/июль/июля авг/август/августа сент/сентябрь/сентября/сен "
        "окт/октябрь/октября нояб/ноябрь/ноября/ноя дек/декабрь/декабря"
    ),
    "uk": (
        "січ/січень/січня лют/лютий/лютого бер/березень/березня/берез квіт/квітень/квітня/кві "
        "трав/травень/травня/тра черв/червень/червня/чер лип/липень/липня "
        "серп/серпень/серпня/сер вер/вересень/вересня/верес жовт/жовтень/жовтня/жов "
        "лист/листопад/листопада/листоп/лис груд/грудень/грудня/гру"
    ),
    "be": (
        "сту/студзень/студзеня/стд лют/лютага/люты сак/сакавік/сакавіка "
        "кра/красавік/красавіка/крс май/мая/траўня/тра чэр/чэрвень/чэрвеня ліп/ліпень/ліпеня "
        "жні/жнівень/жніўня/жнівеня/жнв вер/верасень/верасня/врс кас/кастрычнік/кастрычніка/кст "
        "ліс/лістапад/лістапада сне/снежань/снежня/снж"
    ),
    "mk": (
        "јан/јануари фев/февруари мар/март апр/април мај јун/јуни јул/јули авг/август "
        "сеп/септември/септ окт/октомври ное/ноември/ноем дек/декември"
    ),
    "el": (
        "ιαν/ιανουάριος/ιανουαρίου φεβ/φεβρουάριος/φεβρουαρίου μάρ/μάρτιος/μαρ/μαρτίου "
        "απρ/απρίλιος/απριλίου μάι/μάιος/μαΐ/μαΐου ιουν/ιουνίου/ιούν/ιούνιος "
        "ιουλ/ιουλίου/ιούλ/ιούλιος αυγ/αυγούστου/αύγ/αύγουστος σεπ/σεπτέμβριος/σεπτεμβρίου "
        "οκτ/οκτωβρίου/οκτώβριος νοέ/νοέμβριος/νοε/νοεμβρίου δεκ/δεκέμβριος/δεκεμβρίου"
    ),
    "tr": (
        "oca/ocak şub/şubat/şu mar/mart nis/nisan may/mayıs haz/haziran tem/temmuz "
        "ağu/ağustos/ağ/agu eyl/eylül eki/ekim kas/kasım ara/aralık"
    ),
    "ca": (
        "gen/gener febr/febrer març abr/abril maig juny jul/juliol agost set/setembre "
        "oct/octubre nov/novembre des/desembre"
    ),
    "hr": (
        "sij/siječanj/siječnja/siječnju/siječnjem velj/veljača/veljače/veljači/veljačom "
        "ožu/ožujak/ožujka/ožujku/ožujkom tra/travanj/travnja/travnju/travnjem "
        "svi/svibanj/svibnja/svibnju/svibnjem lip/lipanj/lipnja/lipnju/lipnjem "
        "srp/srpanj/srpnja/srpnju/srpnjem kol/kolovoz/kolovoza/kolovozu/kolovozom "
        "ruj/rujan/rujna/rujnu/rujnom lis/listopad/listopada/listopadu/listopadom "
        "stu/studeni/studenoga/studenom/studenomu/studenome/studenog/studenim "
        "pro/prosinac/prosinca/prosincu/prosincem"
    ),
    "sr": (
        "јан/јануар/januar/jan феб/фебруар/februar/feb мар/март/mart/mar апр/април/april/apr "
        "мај/maj јун/jun/juni јул/jul/juli авг/август/avgust/avg сеп/септембар/septembar/sep "
        "окт/октобар/oktobar/okt нов/новембар/novembar/nov дец/децембар/decembar/dec"
    ),
    "sl": (
        "jan/januar/januarja feb/februar/februarja mar/marec/marca apr/april/aprila maj/maja "
        "jun/junij/junija jul/julij/julija avg/avgust/avgusta sep/september/septembra "
        "okt/oktober/oktobra nov/november/novembra dec/december/decembra"
    ),
    "id": (
        "jan/januari/djan/djanuari feb/februari/peb/pebruari mar/maret/mrt apr/april mei/mai "
        "jun/juni/djuni jul/juli/djuli agu/agustus/agt sep/september/sept okt/oktober "
        "nov/november/nop/nopember des/desember"
    ),
    "ms": (
        "jan/januari feb/februari mac apr/april mei jun jul/julai ogo/ogos sep/september "
        "okt/oktober nov/november dis/disember"
    ),
    "et": (
        "jaan/jaanuar veebr/veebruar märts apr/aprill mai juuni juuli aug/august sept/september "
        "okt/oktoober nov/november dets/detsember"
    ),
    "lv": (
        "janv/janvāris/janvārī febr/februāris/februārī marts/martā apr/aprīlis/aprīlī "
        "maijs/maijā jūn/jūnijs/jūnijā jūl/jūlijs/jūlijā aug/augusts/augustā "
        "sept/septembris/septembrī okt/oktobris/oktobrī nov/novembris/novembrī "
        "dec/decembris/decembrī"
    ),
    "lt": (
        "saus/sausio/sausis vas/vasario/vasaris kov/kovas/kovo bal/balandis/balandžio "
        "geg/gegužė/gegužės birž/birželio/birželis liep/liepa/liepos rugp/rugpjūtis/rugpjūčio "
        "rugs/rugsėjis/rugsėjo spal/spalio/spalis lapkr/lapkritis/lapkričio "
        "gruod/gruodis/gruodžio"
    ),
    "eu": (
        "urt/urtarrila/urtarrilaren ots/otsaila/otsailaren mar/martxoa/martxoaren "
        "api/apirila/apirilaren mai/maiatza/maiatzaren eka/ekaina/ekainaren uzt/uztaila/uztailaren "
        "abu/abuztua/abuztuaren ira/iraila/irailaren urr/urria/urriaren aza/azaroa/azaroaren "
        "abe/abendua/abenduaren"
    ),
    "gl": (
        "xan/xaneiro feb/febreiro mar/marzo abr/abril maio xuño xul/xullo ago/agosto "
        "set/setembro out/outubro nov/novembro dec/decembro"
    ),
    "is": (
        "jan/janúar feb/febrúar mar/mars apr/apríl maí jún/júní júl/júlí ágú/ágúst "
        "sep/september okt/október nóv/nóvember des/desember"
    ),
    "ga": (
        "ean/eanáir feabh/feabhra márta aib/aibreán beal/bealtaine meith/meitheamh iúil "
        "lún/lúnasa mfómh dfómh samh/samhain noll/nollaig"
    ),
    "cy": (
        "ion/ionawr chw/chwef/chwefror maw/mawrth ebr/ebrill mai meh/mehefin "
        "gor/gorff/gorffennaf awst medi hyd/hydref tach/tachwedd rhag/rhagfyr"
    ),
    "sq": (
        "jan/janar shk/shkurt mar/mars pri/prill maj qer/qershor korr/korrik/kor gush/gusht/gsh "
        "sht/shtator tet/tetor nën/nëntor dhj/dhjetor"
    ),
    "he": (
        "ינואר/ינו/לינואר/בינואר פברואר/פבר/בפברואר/לפברואר "
        "מרץ/במרץ/למרץ/מרס/במרס/למרס/מארס/במארס/למארס אפריל/אפר/באפריל/לאפריל מאי/במאי/למאי "
        "יוני/ביוני/ליוני/יונ יולי/ביולי/ליולי/יול אוגוסט/אוג/באוגוסט/לאוגוסט "
        "ספטמבר/ספט/בספטמבר/לספטמבר אוקטובר/אוק/באוקטובר/לאוקטובר נובמבר/נוב/בנובמבר/לנובמבר "
        "דצמבר/דצמ/בדצמבר/לדצמבר"
    ),
    "ar": (
        "يناير فبراير/شباط مارس/آذار أبريل/نيسان/ابريل مايو/أيار يونيو/يونيه/يونية/حزيران "
        "يوليو/يوليه/يولية/تموز أغسطس/آب/اغسطس سبتمبر/أيلول أكتوبر/اكتوبر نوفمبر ديسمبر"
    ),
    "fa": (
        "ژانویه/ژانویهٔ/جنوری فوریه/فوریهٔ/فبروری مارس/مارچ آوریل/اپریل مه/مهٔ/می ژوئن/جون "
        "ژوئیه/ژوئیهٔ/جولای اوت/آگست سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر"
    ),
    "hi": (
        "जनवरी/जन फ़रवरी/फ़र मार्च अप्रैल मई जून जुलाई/जुल अगस्त/अग सितंबर/सित/सितम्बर "
        "अक्तूबर/अक्तू/अक्टूबर नवंबर/नव/नवम्बर दिसंबर/दिस/दिसम्बर"
    ),
    "bn": (
        "জানু/জানুয়ারী/জানুয়ারি ফেব/ফেব্রুয়ারী/ফেব্রুয়ারি মার্চ এপ্রি/এপ্রিল মে জুন জুল/জুলাই "
        "আগ/আগস্ট সেপ/সেপ্টেম্বর অক্টো/অক্টোবর নভে/নভেম্বর ডিসে/ডিসেম্বর"
    ),
    "th": (
        "มกราคม/มค/เดือนมกราคม/มกรา กพ/กุมภาพันธ์/เดือนกุมภาพันธ์/กุมภา "
        "มีค/มีนาคม/เดือนมีนาคม/มีนา เมย/เมษายน/เมษา/เดือนเมษายน พค/พฤษภาคม/เดือนพฤษภาคม/พฤษภา "
        "มิถุนายน/มิย/เดือนมิถุนายน/มิถุนา กค/กรกฎาคม/เดือนกรกฏาคม/กรกฎา "
        "สค/สิงหาคม/สิงหา/เดือนสิงหาคม กย/กันยายน/กันยา/เดือนกันยายน ตค/ตุลาคม/เดือนตุลาคม/ตุลา "
        "พย/พฤศจิกายน/เดือนพฤศจิกายน/พฤศจิ ธค/ธันวาคม/เดือนธันวาคม/ธันวา"
    ),
}
WEEKDAY_NAMES: dict[str, str] = {
    "en": (
        "mon/monday tue/tuesday/tues wed/wednesday thu/thursday fri/friday sat/saturday sun/sunday"
    ),
    "de": "montag/mon dienstag/die mittwoch/mit donnerstag/don freitag/fre samstag/sam sonntag/son",
    "fr": "lun/lundi mar/mardi mer/mercredi jeu/jeudi ven/vendredi sam/samedi dim/dimanche",
    "es": "lun/lunes mar/martes mié/miércoles jue/jueves vie/viernes sáb/sábado dom/domingo",
    "it": "lun/lunedì mar/martedì mer/mercoledì gio/giovedì ven/venerdì sab/sabato dom/domenica",
    "pt": (
        "seg/segunda-feira/segunda ter/terça-feira/terça qua/quarta-feira/quarta "
        "qui/quinta-feira/quinta sex/sexta-feira/sexta sáb/sábado/sab dom/domingo"
    ),
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "sv": (
        "mån/måndag/månd tis/tisdag/tisd ons/onsdag/onsd tors/torsdag/torsd fre/fredag/fred "
        "lör/lördag/lörd sön/söndag/sönd"
    ),
    "no": "man/mandag tir/tirsdag ons/onsdag tor/torsdag fre/fredag lør/lørdag søn/søndag",
    "da": (
        "man/mandag tirs/tirsdag/tir ons/onsdag tors/torsdag/tor fre/fredag lør/lørdag søn/søndag"
    ),
    "fi": (
        "maanantai/maanantaina tiistai/tiistaina keskiviikko/keskiviikkona torstai/torstaina "
        "perjantai/perjantaina lauantai/lauantaina sunnuntai/sunnuntaina"
    ),
    "pl": (
        "pon/poniedziałek/poniedzialek wtorek/wto śr/środa/sroda/środę/srode/śro/sro "
        "czw/czwartek piątek/piatek/pią/pia sob/sobota/sobotę/sobote "
        "niedz/niedziela/niedzielę/niedziele/nie"
    ),
    "cs": (
        "pondělí/pon út/úterý/úte středa/stř/středu/středy čt/čtvrtek/čtv pá/pátek/pát/pátku "
        "sobota/sob/sobotu/soboty neděle/ned/neděli"
    ),
    "sk": "pondelok utorok streda/stredu št/štvrtok piatok sobota/sobotu nedeľa/nedeľu",
    "hu": "hétfő kedd sze/szerda csütörtök péntek szo/szombat vasárnap/vas",
    "ro": "lun/luni mar/marți mie/miercuri joi vin/vineri sâm/sâmbătă dum/duminică",
    "bg": "пн/понеделник/пон вт/вторник/вто ср/сряда/сря четвъртък/чт петък/пт сб/събота нд/неделя",
    "ru": (
        "пн/понедельник/пнд вт/вторник/втр ср/среда/срд/среду четверг/чт/чтв "
        "пт/пятница/птн/пятницу сб/суббота/сбт/субботу воскресенье/вс/воскресение/вск"
    ),
    "uk": (
        "пн/понеділок/пон/понед вт/вівторок/вів/вівтор середа/середу/ср/сер/серед четвер/чт/чет "
        "п'ятницю/п'ятниця/пт/пят сб/субота/суботу/суб/субот нд/неділю/неділя/нед/неділ"
    ),
    "be": (
        "панядзелак/пн/пнд аў/аўторак/аўт серада/ср чацвер/чц/чцв/чв пт/пятніца/пят "
        "сб/субота/суб нд/нядзеля/няд"
    ),
    "mk": "пон/понеделник вто/вторник/вт сре/среда чет/четврток пет/петок саб/сабота нед/недела",
    "el": "δευ/δευτέρα τρί/τρίτη τετ/τετάρτη πέμ/πέμπτη παρ/παρασκευή σάβ/σάββατο κυρ/κυριακή",
    "tr": (
        "pazartesi/pzt sal/salı çar/çarşamba/çrs per/perşembe/prs cum/cuma cmt/cumartesi paz/pazar"
    ),
    "ca": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "hr": "pon/ponedjeljak uto/utorak sri/srijeda čet/četvrtak pet/petak sub/subota ned/nedjelja",
    "sr": "пон/понедељак уто/уторак сре/среда чет/четвртак пет/петак суб/субота нед/недеља",
    "sl": "pon/ponedeljek tor/torek sre/sreda čet/četrtek pet/petek sob/sobota ned/nedelja",
    "id": "sen/senin sel/selasa rab/rabu kam/kamis jum/jumat sab/sabtu min/minggu/ahad",
    "ms": "isn/isnin sel/selasa rab/rabu kha/khamis jum/jumaat sab/sabtu ahad/ahd",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "lv": (
        "pirmd/pirmdiena otrd/otrdiena trešd/trešdiena ceturtd/ceturtdiena piektd/piektdiena "
        "sestd/sestdiena svētd/svētdiena"
    ),
    "lt": (
        "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis/št "
        "sekmadienis"
    ),
    "eu": "astelehena asteartea asteazkena osteguna ostirala larunbata igandea",
    "gl": "luns mar/martes mér/mércores xov/xoves ven/venres sáb/sábado dom/domingo",
    "is": (
        "mán/mánudagur þri/þriðjudagur mið/miðvikudagur fim/fimmtudagur fös/föstudagur "
        "lau/laugardagur sun/sunnudagur"
    ),
    "ga": "luan máirt céad déar/déardaoin aoine sath domh",
    "cy": "llun maw mer iau gwe/gwen sad sul",
    "sq": "hën mar mër enj pre sht die",
    "he": "שני שלישי רביעי חמישי שישי שבת ראשון",
    "ar": "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة/الجمعه السبت الأحد",
    "fa": "دوشنبه سه‌شنبه/سهشنبه چهارشنبه پنجشنبه جمعه شنبه/د یکشنبه",
    "hi": "सोम/सोमवार मंगल/मंगलवार बुध/बुधवार गुरु/गुरुवार शुक्र/शुक्रवार शनि/शनिवार रवि/रविवार",
    "bn": ("সোম/সোমবার মঙ্গল/মঙ্গলবার বুধ/বুধবার বৃহস্পতি/বৃহস্পতিবার/বৃহষ্পতিবার শুক্র/শুক্রবার শনি/শনিবার রবি/রবিবার"),
    "th": (
        "จ/วันจันทร์/จันทร์/วันจันทร์ที่ วันอังคาร/อ/อังคาร/วันอังคารที่ พ/วันพุธ/พุธ/วันพุธที่ "
        "พฤ/วันพฤหัสบดี/พฤหัสบดี/พฤหัส/วันพฤหัสบดีที่ วันศุกร์/ศ/ศุกร์/วันศุกร์ที่ "
        "วันเสาร์/ส/เสาร์/วันเสาร์ที่ วันอาทิตย์/อา/อาทิตย์/วันอาทิตย์ที่"
    ),
}

# Days before the day of capture ▸ the words for it.
DAY_FORMS: dict[int, str] = {
    0: (
        "today|heute|aujourd'hui|aujourd’hui|hoy|oggi|hoje|vandaag|idag|i dag|dzisiaj|dziś|"
        "dnes|сегодня|сьогодні|днес|danas|данас|bugün|tänään|azi|astăzi|σήμερα|avui|今天|今日|本日|"
        "오늘|hari ini|hôm nay|اليوم|امروز|היום|आज|আজ|วันนี้|šodien|šiandien|täna|gaur|hoxe"
    ),
    1: (
        "yesterday|gestern|hier|ayer|ieri|ontem|gisteren|igår|i går|wczoraj|včera|вчера|"
        "вчора|jučer|juče|јуче|včeraj|dün|eilen|tegnap|χθες|χτες|ahir|昨天|昨日|어제|kemarin|"
        "hôm qua|أمس|امس|دیروز|אתמול|গতকাল|เมื่อวานนี้|เมื่อวาน|vakar|eile|atzo|onte"
    ),
    2: (
        "vorgestern|avant-hier|anteayer|antier|l'altro ieri|anteontem|eergisteren|i förrgår|"
        "przedwczoraj|předevčírem|позавчера|позавчора|前天|一昨日|おととい|그저께"
    ),
}
DAY_WORDS = {word: days for days, words in DAY_FORMS.items() for word in words.split("|")}

# Weeks before the week of capture ▸ the words for it, as headings print them.
WEEK_FORMS: dict[int, str] = {
    0: (
        "this week|earlier this week|later this week|diese woche|cette semaine|esta semana|"
        "questa settimana|deze week|denna vecka|den här veckan|denne uke|denne uken|denne uge|"
        "tällä viikolla|w tym tygodniu|tento týden|tento týždeň|на этой неделе|цього тижня|"
        "bu hafta|ezen a héten|本周|本週|今週|이번 주|minggu ini|tuần này|هذا الأسبوع|השבוע"
    ),
    1: (
        "last week|letzte woche|vorige woche|la semaine dernière|semaine dernière|"
        "la semana pasada|semana pasada|la settimana scorsa|settimana scorsa|a semana passada|"
        "semana passada|vorige week|afgelopen week|förra veckan|forrige uke|sidste uge|"
        "viime viikolla|w zeszłym tygodniu|minulý týden|minulý týždeň|на прошлой неделе|"
        "минулого тижня|geçen hafta|múlt héten|上周|上週|先週|지난주|지난 주|minggu lalu|"
        "tuần trước|الأسبوع الماضي|שבוע שעבר"
    ),
}
WEEK_WORDS = {word: weeks for weeks, words in WEEK_FORMS.items() for word in words.split("|")}

# Words before and after a weekday that say that it is past: "last Friday", "vendredi dernier".
LAST_BEFORE = (
    "last|letzten|letzter|vergangenen|el pasado|lo scorso|afgelopen|vorige|förra|forrige|sidste|"
    "viime|minulý|minulé|minulou|прошлый|прошлую|в прошлый|geçen|múlt"
)
LAST_AFTER = "dernier|dernière|pasado|pasada|scorso|scorsa|passado|passada|lalu"

JUST_NOW = (
    "just now|moments ago|a moment ago|gerade eben|soeben|à l'instant|ahora mismo|agora|adesso|"
    "zojuist|just nu|nettopp|teraz|только что|щойно|az önce|şimdi|刚刚|剛剛|たった今|방금|"
    "baru saja|vừa xong|الآن"
)

# Unit of a relative date ▸ the words for it; the units are the names of `Precision`.
UNIT_FORMS: dict[str, str] = {
    "second": (
        "second seconds sec secs s sekunde sekunden sek seconde secondes segundo segundos "
        "secondo secondi seconden sekund sekunder sekundy секунд секунды секунду saniye "
        "detik giây ثانية ثوان secunde másodperce sekuntia "
        "sekundes sekundēm sekundžių שניות ثانیه"
    ),
    "minute": (
        "minute minutes min mins m mn minuten minuto minutos minuti minuut minuter minutt "
        "minutter minut minuty minutę minutu минут минуты минуту мин хвилин хвилини хвилину "
        "dakika dk menit phút دقيقة دقائق λεπτά λεπτό minuuttia minuutti perce perccel "
        "minuta minúty minúta минута минути minuts মিনিট मिनट นาที "
        "minutės minučių minūtēm minūtes minutami minuti minutit minutu דקות דקה دقیقه"
    ),
    "hour": (
        "hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren "
        "timme timmar timer time godzina godziny godzin godzinę godz hodin hodina hodinami "
        "hodinou hodiny час часа часов ч годин години годину saat sa jam giờ ساعة ساعات ώρες "
        "ώρα tuntia tunti órája órával sat sata sati часове ур hores ঘণ্টা ঘন্টা घंटे घंटा "
        "ชั่วโมง "
        "час годину сати сата сат valandas valandą valandų stundas stundām stundu urama urami "
        "ure uro tundi tund שעות שעה ساعت"
    ),
    "day": (
        "day days d tag tage tagen jour jours día dia días dias giorno giorni dag dagen "
        "dagar dager dage dni dzień dzien dny dnem dňami день дня дней дн днів дні gün hari "
        "ngày يوم أيام ημέρες ημέρα μέρες päivää päivä napja nappal zi zile dan dana дни ден "
        "dies দিন दिन วัน "
        "dienas dieną dienų dienām dienu dnevi dnevoma dneva päeva päev dagur дана ימים יום روز"
    ),
    "week": (
        "week weeks wk wks w woche wochen semaine semaines semana semanas settimana "
        "settimane weken vecka veckor uke uker uge uger tydzień tygodnie tygodni týden týdny "
        "týdnem неделю недели недель тиждень тижні тижнів hafta minggu tuần أسبوع أسابيع "
        "εβδομάδες εβδομάδα viikkoa viikko hete héttel săptămâni săptămână "
        "savaites savaitę savaičių nedēļas nedēļām nedēļu tedni tedna tednoma nädalat nädala "
        "nedelje недеље седмици שבועות שבוע هفته setmanes aste"
    ),
    "month": (
        "month months mo mos monat monate monaten mois mes meses mese mesi mês maand maanden "
        "månad månader måned måneder miesiąc miesiące miesięcy měsíc měsíce měsíci měsícem "
        "месяц месяца месяцев місяць місяці місяців ay bulan tháng شهر أشهر μήνες μήνα "
        "kuukautta kuukausi hónapja hónappal luni lună "
        "mėnesius mėnesį mėnesių mēnešiem mēneša meseca meseci месеца месеци kuud kuu חודשים "
        "חודש ماه mesos hilabete"
    ),
    "year": (
        "year years yr yrs y jahr jahre jahren an ans année années año años ano anos anno "
        "anni jaar jaren år rok lata lat roky rokem lety год года лет рік роки років yıl "
        "sene tahun năm سنة سنوات χρόνια χρόνο vuotta vuosi éve évvel ani "
        "metus metų gadiem gada leta leti godine године aastat aasta שנים שנה سال anys urte"
    ),
}
# A duration of two in one word, with its unit.
DUALS = {
    "ثانيتين": "second", "دقيقتين": "minute", "ساعتين": "hour", "يومين": "day", "أسبوعين": "week",
    "شهرين": "month", "سنتين": "year", "שעתיים": "hour", "יומיים": "day", "שבועיים": "week",
    "חודשיים": "month", "שנתיים": "year",
}  # fmt: skip
UNIT_WORDS = {word: unit for unit, words in UNIT_FORMS.items() for word in words.split()}

CJK_UNITS: dict[str, str] = {
    unit_word: unit
    for unit, words in (
        ("second", "秒钟 秒鐘 秒 초"),
        ("minute", "分钟 分鐘 分間 分 분"),
        ("hour", "个小时 個小時 小时 小時 時間 钟头 시간"),
        ("day", "天 日間 日 일"),
        ("week", "个星期 星期 週間 周 週 주일 주"),
        ("month", "个月 個月 か月 ヶ月 カ月 ヵ月 개월 달"),
        ("year", "年間 年 년"),
        # Thai joins its words as they do.
        ("second", "วินาที"),
        ("minute", "นาที"),
        ("hour", "ชั่วโมง ชม."),
        ("day", "วัน"),
        ("week", "สัปดาห์ อาทิตย์"),
        ("month", "เดือน"),
        ("year", "ปี"),
    )
    for unit_word in words.split()
}

# Words before the number that make a duration a date: `vor 2 Stunden`.
AGO_BEFORE = (
    "vor|il y a|il ya|hace|há|ha|před|pred|преди|пред|пре|prije|pre|acum|πριν από|πριν|منذ|قبل|fa|"
    "fai|prieš|pirms|לפני|för|duela"
)

# Words after it: `2 hours ago`.
AGO_AFTER = (
    "ago|geleden|sedan|siden|temu|назад|тому назад|тому|önce|sitten|atrás|fa|ezelőtt|"
    "yang lalu|lalu|trước|tagasi|atpakaļ|prieš|পূর্বে|আগে|पहले|पूर्व|پیش|قبل|enne"
)

# Words before and after a unit without a number: `час назад`, `منذ ساعة`. Elsewhere that is no
# date: `vor Jahren`.
ONE_BEFORE, ONE_AFTER = "منذ|قبل|לפני", "temu|назад|тому"

# Numbers written out that stand before a unit.
ONE_WORDS = (
    "a|an|one|einer|einem|eine|einen|un['’]?|une|una|uno|um|uma|een|en|ett|et|ein|egy|один|одну|bir"
)
FEW_FORMS = {
    2: "two zwei deux dos due dois duas twee två to dwa dwie dva dvě два две iki",
    3: "three drei trois tres tre três drie trzy tři tri три üç",
    4: "four vier quatre cuatro quattro quatro fyra fire",
    5: "five fünf cinq cinco cinque vijf fem",
    6: "six sechs seis sei zes sex seks",
    7: "seven sieben sept siete sette zeven",
    8: "eight acht huit ocho otto",
    9: "nine neun neuf nueve nove negen",
    10: "ten zehn dix diez dieci tien",
}
FEW_WORDS = {word: number for number, words in FEW_FORMS.items() for word in words.split()}

# Names of months that are words of other languages: without a year they count only on a page that
# says that it is in theirs ("16 Pro", "3 led", "5 out").
COMMON_WORDS = frozenset(
    [
        "ago", "apri", "die", "dub", "gen", "jum", "kor", "led", "lip", "list", "mag", "maj",
        "mali", "mars", "out", "pri", "pro", "sen", "set", "shk", "sty",
    ]
)  # fmt: skip

# Offsets in hours of the zone names that mean one thing wherever they are printed. CST, BST, IST
# and AST do not, so a time with one of those stays without an offset.
ZONES: dict[str, float] = {
    "ACDT": 10.5, "ACST": 9.5, "AEDT": 11, "AEST": 10, "AKDT": -8, "AKST": -9, "AWST": 8,
    "CDT": -5, "CEST": 2, "CET": 1, "EDT": -4, "EEST": 3, "EET": 2, "EST": -5, "GMT": 0,
    "HKT": 8, "HST": -10, "JST": 9, "KST": 9, "MDT": -6, "MESZ": 2, "MEZ": 1, "MSK": 3,
    "MST": -7, "NZDT": 13, "NZST": 12, "PDT": -7, "PKT": 5, "PST": -8, "SAST": 2, "SGT": 8,
    "UT": 0, "UTC": 0, "WEST": 1, "WET": 0, "WIB": 7, "Z": 0,
}  # fmt: skip


def index_names(table: dict[str, str]) -> dict[str, dict[str, int]]:
    """Turn a table of names into name ▸ language ▸ number (1 for January or Monday).

    A name counts with and without its accents, as pages print both.
    """
    index: dict[str, dict[str, int]] = {}
    for language, names in table.items():
        for number, forms in enumerate(names.split(), 1):
            for form in forms.split("/"):
                index.setdefault(form, {}).setdefault(language, number)
                index.setdefault(bare(form), {}).setdefault(language, number)
    return index


def bare(word: str) -> str:
    """Give `word` without accents; scripts whose marks are vowels are left as they are."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if not "\u0300" <= c <= "\u036f")


def look_up(index: dict[str, dict[str, int]], word: str, languages: Sequence[str]) -> int | None:
    """Give the number that `word` names, in the first of `languages` that knows it, else in any."""
    known = index.get(word) or index.get(word.rstrip("'’׳")) or {}
    for language in languages:
        if language in known:
            return known[language]
    return next(iter(known.values()), None)


MONTHS = index_names(MONTH_NAMES)
WEEKDAYS = index_names(WEEKDAY_NAMES)
