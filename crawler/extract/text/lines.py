"""What single lines of a page say that is not its article: data, one table a kind.

`trim` says where in a text each is looked for. Alternatives stand one a line, sorted; a blank in
them is any white space.
"""

from crawler.extract.text.boilerplate import one_of, words

# A line that is only this is a label of the page, whatever stands around it.
LABEL = one_of(
    r"""
    \W+
    (?:article|story) continues below(?: this ad(?:vertisement)?)?
    ad(?:s|vert|vertisement|vertising)?
    anzeige
    artikel anhören
    click to (?:email|print|share).{0,60}
    (?:comentarios|commentaires?|comments?|kommentare?)
    continue reading
    (?:copier le lien|copy link|link kopieren)
    embed
    (?:compartir|condividi|partager|share|teilen)
    (?:drucken|print)
    (?:leer más|leggi tutto|lire la suite|mehr lesen|weiterlesen)
    (?:jump to|pin|print|rate this) recipe
    listen(?: to (?:this )?article)?
    loading
    (?:[^\n]{1,40}\n)?(?:beiträge|berichten|mensagens|mensajes|messages|messaggi|posts|сообщени[йя])\s?:\s?[\d.,]+(?:\n[^\n:]{2,20}:[^\n]{1,40})*
    promoted content
    (?:pubblicità|publicidad|publicidade|publicité)
    reklam[aey]?
    save
    skip to (?:main )?content
    sponsored(?: content)?
    werbung
    реклама
    広告
    광고
    """
)

# These and `READ_ALSO` and `SIGN_OFF` begin with `^` throughout, and are matched: to search for them
# tries each line at each of a text's characters.

# The heading of what pages put below an article; nothing of the article follows it. Labels that
# boxes inside articles bear too (`More from`, `Recommended`, `Sign up`) are no such heading.
END_MARK = one_of(
    r"""
    ^about the (?:authors?|writers?)\b
    ^(?:add|leave|post|write) a (?:comment|reply)\b
    ^(?:deja|escribe) un comentario
    ^(?:der autor|die autor(?:in|en|innen)|zum autor|zur autorin|über (?:den autor|die autor(?:in|en)))$
    ^(?:el autor|la autora|sobre (?:el autor|la autora|o autor|a autora))$
    ^(?:join|weigh in on) the (?:conversation|discussion)
    ^(?:l['’]auteure?|à propos de l['’]auteure?|l['’]autore|l['’]autrice|sull['’]autore)$
    ^laisser un commentaire
    ^lascia un commento
    ^(?:meist|meest|most)[- ]?(?:gelesen\w*|read|popular|viewed|shared|commented)\b
    ^(?:next|previous) (?:article|post|story)$
    ^(?:no |\d+ )?(?:comments?|commentaires?|comentarios|kommentare?|commenti|reacties|комментарии)(?: \(?\d+\)?)?$
    ^(?:post navigation|beitragsnavigation)$
    ^(?:schreib(?:e|en)? (?:sie )?einen kommentar|kommentar (?:schreiben|verfassen))
    ^(?:作者简介|作者介紹|關於作者|著者プロフィール|アクセスランキング|人気記事|評論|コメント)
    """
)

# A label that another article's headline follows, on the line or on the next.
READ_ALSO = one_of(
    r"""
    ^(?:à|a) (?:découvrir également|lire (?:aussi|également))
    ^также (?:читайте|по теме)
    ^(?:auch|ebenfalls) interessant
    ^baca juga
    ^continue reading
    ^czytaj (?:także|też|więcej)
    ^further reading
    ^(?:ikuti|lihat) juga
    ^(?:läs|les|læs) (?:också|også|mer|mere)
    ^le(?:a|e) (?:también|también|además)
    ^lees (?:ook|meer)
    ^leggi anche
    ^leia (?:mais|também)
    ^lesen sie (?:auch|dazu|hier|mehr|weiter)
    ^lire (?:aussi|également)
    ^(?:mais|más) (?:información|notícias|noticias|sobre)
    ^mehr (?:aus|dazu|lesen|über|von|zu|zum|zur)\b
    ^más en
    ^more (?:coverage|from|in|news|on|stories|about)\b
    ^(?:also |must )?read(?: also| more| next)?(?=\s*[:|>\-–—]|$)
    ^(?:don['’]t miss|you may also like|you might also like|what to read next)
    ^related(?: articles?| content| coverage| links?| news| posts?| reading| stories| topics?)?\s*(?::|$)
    ^recommended(?: articles| for you| reading| stories)?\s*(?::|$)
    ^see also
    ^te puede interesar
    ^(?:weitere|neueste|aktuelle) (?:artikel|meldungen|nachrichten|themen)
    ^zum thema
    ^читайте (?:также|ещё|еще)
    ^по теме\b
    ^(?:関連記事|関連リンク|あわせて読みたい)
    ^【関連記事】
    ^(?:相关|相關)(?:阅读|閱讀|新闻|新聞|报道|報導)
    ^延伸(?:阅读|閱讀)
    ^관련(?: ?기사| ?뉴스)
    ^이 ?시각
    ^यह भी पढ़ें
    ^ये भी पढ़ें
    ^اقرأ أيضا
    ^بیشتر بخوانید
    """
)

# A line that asks the reader for something: to subscribe, to follow, to install, to give.
APPEAL = one_of(
    r"""
    \b(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletter|emails?|alerts?|updates|briefing|inbox)\b
    \b(?:subscribe to|join|follow) (?:us|our|the|.{0,30}) ?(?:on|channel|via)\b.{0,40}\b(?:facebook|google|instagram|telegram|threads|tiktok|twitter|whatsapp|x|youtube|flipboard|linkedin|bluesky)\b
    \bfollow .{0,40} on (?:facebook|google news|instagram|threads|tiktok|twitter|x|youtube|linkedin|bluesky)\b
    \bdownload (?:the|our) .{0,30}app\b
    \b(?:direct(?:ly)?|straight|delivered|every|daily|weekly|get|receive)\b.{0,60} (?:in(?:to)?|to) your (?:e-?mail ?|mail)?(?:box|inbox)\b
    \b(?:agree to|read|review|see|view) (?:our|the) (?:full )?(?:privacy (?:policy|notice)|terms (?:of (?:service|use)|and conditions))\b
    \bunsubscribe at any ?time\b
    \b(?:we respect|about|protect) your (?:privacy|inbox)\b
    \bconsider (?:a |making a )?(?:donat|support|subscrib)
    \b(?:follow|like|find|join) us (?:on|at)\b
    \b(?:get|access|unlock) unlimited (?:access|articles|digital|online)
    \b(?:unser\w*|hier|meine?r?) .{0,20}datenschutz(?:erklärung|bestimmungen|hinweise)
    \bnotre politique de confidentialité
    \bnuestra política de privacidad
    \b(?:do you have|got) (?:a|any) (?:news )?(?:story|tip)\b
    \bnewsletter\b.{0,80}\b(?:abonnier|anmeld|bestell|registrier|abonnez|inscri|suscr|iscri|abonner)
    \b(?:abonnier|anmeld|bestell|registrier|abonnez|inscri|suscr|iscri|abonner)\w*\b.{0,80}\bnewsletter\b
    \bwhatsapp[- ]?(?:kanal|channel|canal|canale)
    \bfolgen sie (?:uns|.{0,30}) (?:auf|bei)\b
    \bsuivez[- ](?:nous|.{0,20}) sur\b
    \bs[íi]gue(?:nos)?\b.{0,30} en (?:facebook|instagram|twitter|whatsapp|x|google|telegram)\b
    \bseguici su\b
    \b(?:support|unterstützen|soutenez|apoya)\b.{0,60}\b(?:donat|spende|don\b|dona)
    \b(?:spende|donation)\b.{0,60}\b(?:unterstützen|support)
    подписывайтесь на
    подпишитесь на
    """
)

# A line without any of these is no appeal and no credit; saves trying the patterns on it.
APPEAL_STEMS = words(
    """abonn anmeld app bestell canal donat folgen follow inbox inscri iscri join kanal
    newsletter register registrier seguici sigue spende story subscri suivez suscr
    support sígue tip whatsapp подпи sign box privacy privacidad confidentialité datenschutz terms
    like find unlimited"""
)
CREDIT_STEMS = words(
    "© alliance bild copyright crédit foto getty imago image photo picture shutterstock"
)

# Who took the picture; a line of its own or the end of a caption.
CREDIT = one_of(
    r"""
    ^(?:image|photo|photograph|picture|foto|fotos|bild|crédito|crédit photo|copyright)(?: credit)?\s*[:©]
    \bbildrechte:
    [.!?…”"»] (?:bild|foto|image|photo|picture)s?(?: credit)?: [^.]{2,60}\s*$
    \((?:foto|photo|image|bild|picture|file photo)s?(?: credit)?:[^()]{2,80}\)\s*$
    ^©
    \s©\s?[^.]{2,60}$
    \b(?:getty images|imago images|shutterstock|picture alliance)\b[^.]{0,40}$
    """
)

# Who worked on it, below the text; and its programme, imprint and print line.
SIGN_OFF = one_of(
    r"""
    ^\(?(?:additional )?(?:reporting|writing|editing|compiled|edited|written|translated)(?: and (?:editing|writing|reporting))? by\b
    ^©
    ^all rights reserved
    ^comments are (?:closed|disabled|off|turned off)\b
    ^copyright\b
    ^dies(?:es|er) (?:thema|artikel|text) (?:im programm|wurde ausgedruckt|erschien)
    ^our standards:
    ^thanks for (?:reading|subscribing)\b
    ^the-?cnn-?wire
    ^this (?:entry|post) was (?:posted|published|written) (?:by|in|on)\b
    ^you can (?:follow|skip|trackback) .{0,40}(?:comments?|responses?)\b
    ^this (?:story|article) (?:has been|was) (?:auto-?generated|published from)
    ^this is a (?:breaking|developing) (?:news? )?story\b
    ^(?:with|additional) (?:files|reporting|material|information) from\b
    ^(?:aus dem .{3,20}|übersetzt) von\b
    ^(?:redaktion|mitarbeit|faktencheck|words|titelbild|bildquelle|写真|文)\s?[:：]
    ^tags?\s*:
    ^(?:etiketler|etiquetas|mots[- ]clés|schlagworte|stichwörter|tagged|themen|topics|ключевые слова|теги)\s*:
    ^\(?(?:afp|ap|ansa|apa|dpa|efe|jiji|kyodo|pti|reuters|sda|tass|xinhua)(?:[/,\- ]\s?\w{2,10}){0,3}\)?$
    ^(?:mit|quelle:) (?:afp|apa|dpa|reuters|sid)\b.{0,20}$
    """
)

# A line above the text that names its writer or its hour.
HEAD_LINE = one_of(
    r"""
    ^(?:by|von|par|por|di|da|av|af|door|text:?|fra|od|autor:?|author:?) [^.!?]{3,80}$
    ^(?:aktualisiert|last updated|posted|published|publié|publicado|pubblicato|stand|updated|veröffentlicht|publiziert)\b.{0,80}$
    \b(?:lesedauer|lesezeit|min(?:ute)?s? (?:read|lesezeit)|temps de lecture|tiempo de lectura)\b
    """
)
