//! Alarm about an account in several languages.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "account-alarm",
        about: "words that raise an alarm about an account, mailbox or password",
        source: "MITRE ATT&CK T1598.003; ours",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The mail tells its reader that an account, mailbox, document or payment needs them to act. Honest services do that, too; what counts is where they are sent.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Please verify your account today.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        We verified the figures in your report.\n\
        ",
};

phrases! {  pub(crate) ALARM,
    // English
    r"(verify|confirm|validate|update|re-?activate|restore|review|secure|unlock|authenticate) (your|the|my|ownership|billing|account)\W*(\w+ ){0,3}(account|identity|information|details|mailbox|e-?mail|wallet|password|billing|payment|device|profile)",
    r"account (has been|was|is|will be|is being) (\w+ )?(suspend|lock|limit|restrict|disabl|deactivat|block|clos|terminat|compromis|on hold)",
    r"(suspen|deactivat|terminat|clos|restrict)\w* (of )?(your|my) (\w+ ){0,2}(account|mailbox|e-?mail|service|access|subscription|membership|wallet)",
    r"(password|mailbox|e-?mail|account|subscription|membership|domain|licen[cs]e|storage|antivirus|protection) (\w+ ){0,3}(expire|expiring|expired|has ended|is full|almost full|nearly full|quota|will be deleted|will be closed|needs to be)",
    r"(keep|retain|maintain|use) (your |the |my )?(current|same|existing|present) (one|password)",
    r"(unusual|suspicious|unauthori[sz]ed|unrecogni[sz]ed|unknown|new) (\w+ ){0,2}(sign-?in|log-?in|account activity|purchase|charge|device (\w+ )?(sign|log))",
    r"(pending|held|undelivered|quarantined|blocked|incoming|unread) (\w+ ){0,3}(messages?|e-?mails?|mails)\b",
    r"(sign|log) ?-?in (below|to|here|with|now)\b|(click|tap) (\w+ )?(below|here|the (link|button)).{0,60}(verify|confirm|restore|update|unlock|keep|avoid|reactivate|sign)",
    r"shared (a |an )?(\w+ ){0,3}(file|document|folder) with you",
    r"(file|document|fax|voice ?mail) (\w+ ){0,4}(was|has been|is|are) (shared|waiting)",
    r"(review and sign|new voice ?mail|voice message|secure (document|message|fax)|e-?fax|completed document|requires your signature)",
    r"(billing|payment) (\w+ ){0,3}(problem|issue|failed|declined|could not|couldn't|unsuccessful|rejected|information)|(unable|failed|could not|couldn't) to (process|charge|collect|renew) (\w+ ){0,2}(payment|card|subscription)",
    r"(parcel|package|shipment|delivery|item) (\w+ ){0,5}(on hold|held|pending|could not be|couldn't be|undeliver|failed|fee|suspend|waiting|stopped|returned)|(shipping|customs|delivery|redelivery|handling) (fee|charge|cost|dut)",
    r"(seed|recovery|secret) ?phrase|(your|the) wallet (\w+ ){0,4}(verif|suspend|restrict|limit|kyc|upgrad|update|sync|link|connect|merge|migrat)|(kyc|2fa|two-factor) (\w+ ){0,3}(requir|verif|mandatory|update|enable)",
    r"(tax|stimulus|irs|hmrc) (\w+ ){0,3}(refund|rebate|return|payment)|you (are|have been) (\w+ )?(eligible|entitled) (\w+ ){0,4}refund",
    r"(you have|you've) (been charged|purchased|ordered|authori[sz]ed|renewed)|(auto|automatic|subscription)[ -]?(renew|debit|charge)\w*|your (order|purchase|invoice|subscription) (\w+ ){0,4}(confirmed|renewed|charged|processed)",
    // German
    r"(konto|zugang|karte|postfach|e-?mail|passwort|kennwort|daten|tan|depot|online-banking|app)\W+(\w+\W+){0,6}(gesperrt|eingeschränkt|gesperrt|ablauf|abgelaufen|bestätig|verifizier|aktualisier|prüfen|überprüf|deaktiviert|entsperr|freischalt|läuft ab|sperrung|legitimier)",
    r"(bestätig|verifizier|aktualisier|überprüf|entsperr|erneuer)\w* sie (\w+ ){0,4}(konto|daten|zugang|identität|karte|passwort|angaben|informationen|gerät)",
    r"(paket|sendung|lieferung) (\w+ ){0,6}(zurückgehalten|zollgebühr|gebühr|nicht zugestellt|wartet|zustell|angehalten)|zollgebühr|ungewöhnliche (anmeld|aktivität)",
    // French
    r"(compte|carte|accès|messagerie|boîte|mot de passe|espace|abonnement|vitale) (\w+\W+){0,6}(suspend|bloqu|limit|expir|désactiv|confirm|vérifi|mise? à jour|actualis|restreint)",
    r"(confirm|vérifi|valid|actualis|mettre à jour|mettez à jour|régularis|renouvel)\w* (\w+ ){0,2}(votre|vos) (\w+ ){0,3}(compte|données|identité|informations|coordonnées|carte|accès|mot de passe|dossier)",
    r"(colis|livraison) (\w+\W+){0,8}(attente|frais|bloqu|suspend|non livr|retenu|instance)|frais (de livraison|de douane|d'expédition)",
    // Spanish, Portuguese, Italian
    r"(cuenta|tarjeta|acceso|buzón|correo|contraseña|servicio) (\w+\W+){0,6}(suspend|bloque|limitad|expir|caduc|desactiv|confirm|verific|actualiz|restring)",
    r"(confirm|verifi|actuali[zc]|valid|reactiv)\w* (\w+ ){0,2}(su|sus|tu|tus) (\w+ ){0,3}(cuenta|datos|identidad|información|tarjeta|contraseña|acceso)",
    r"(paquete|envío|pedido) (\w+\W+){0,6}(retenid|pendiente|aduana|tasa|no entregad|entrega)",
    r"(conta|cartão|acesso|senha|e-?mail|caixa|token|dispositivo|cadastro|módulo|chave|pontos|cpf|serviço|domínio|hospedagem) (\w+\W+){0,6}(suspen|bloque|limitad|expir|vencid|vence|desativ|confirm|verific|atualiz|desatualiz|irregular|cancelad|cheia)",
    r"(confirm|verifi|atuali[zs]|regulari[zs]|desbloque|ativ|renov|resgat)\w* (\w+ ){0,2}(sua|seu|seus|suas|agora|os|o|a) (\w+ ){0,3}(conta|dados|identidade|cadastro|cartão|senha|acesso|pontos|dispositivo|token|cpf)",
    r"pontos (\w+ ){0,5}(expir|venc|resgat|disponív)|(encomenda|pacote|entrega|objeto) (\w+\W+){0,6}(retid|pendente|taxa|alfândega|aguardando|tributad)|dívida|pend[eê]ncia|intimação|nota fiscal|boleto|fatura",
    r"(account|conto|carta|accesso|casella|password|servizio|utenza) (\w+\W+){0,6}(sospes|blocc|limitat|scad|disattiv|conferm|verific|aggiorn)",
    r"(conferm|verific|aggiorn|riattiv)\w* (\w+ ){0,2}(il tuo|la tua|i tuoi|il suo|la sua|i suoi) (\w+ ){0,3}(conto|account|dati|identità|carta|accesso|password)",
    // Dutch, Polish, Russian
    r"(rekening|account|pas|bankpas|betaalpas|toegang|wachtwoord|gegevens|pakket|abonnement) (\w+\W+){0,6}(geblokkeerd|opgeschort|beperkt|verloopt|verlopen|bevestig|verifi|bijgewerkt|bijwerken|controleer|vastgehouden|vernieuw|activeer)",
    r"(bevestig|verifieer|controleer|update|vernieuw|activeer) (\w+ ){0,2}(uw|je) (\w+ ){0,3}(rekening|gegevens|identiteit|account|bankpas|betaalpas|pakket|wachtwoord)",
    r"(konto|hasło|dostęp|kart\w|paczk\w|przesyłk\w) (\w+\W+){0,5}(zablokow|zawiesz|wygas|potwierd|zweryfik|aktualiz|wstrzyman)",
    r"(аккаунт|учетн|учётн|парол|карт|почт|доступ)\w* (\w+\W+){0,5}(заблок|приостанов|истек|подтверд|обнов|провер|огранич)",
    // Japanese
    "アカウント.{0,30}(停止|制限|確認|更新|ロック)|(お支払い|支払い).{0,20}(確認|更新|失敗)|本人確認|ご確認(ください|お願い)",
}

/// The alarms raised.
pub(crate) fn alarms<'f>(facts: &'f Facts<'_>) -> Vec<(crate::facts::Source, &'f str)> {
    facts.said(&ALARM)
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (at, words) in alarms(facts).into_iter().take(2) {
        seen.line(
            at,
            words,
            Grade::Weak,
            "the words raise an alarm about an account, a payment or a delivery",
            "phrases in eleven languages",
        );
    }
}
