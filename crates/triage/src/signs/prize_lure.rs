//! Words of prizes, gifts and surveys in several languages.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "prize-lure",
        about: "a gift, prize, refund or bargain that waits to be fetched",
        source: "ours; FTC consumer alerts",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The mail promises something for nothing or nearly nothing. Shops do that, too.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Congratulations, you have been selected. Claim your reward.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        You asked what we paid for the chairs.\n\
        ",
};

phrases! {  pub(crate) LURE,
    r"(you|you've|you have) (\w+ ){0,3}(won|been (chosen|selected|picked))|congratulations.{0,80}(won|winner|selected|chosen|prize|reward)|(claim|get|collect|redeem|receive) (your |my |a |this |the )?(\w+ ){0,4}(prize|reward|gift|bonus|voucher|coupon|sample|iphone|kit|set|refund|cash|spins?|offer)",
    r"(complete|answer|take|fill) (\w+ ){0,4}(survey|questionnaire)|(short|quick|brief|our|this) (\w+ )?survey|(free|exclusive) (\w+ ){0,3}(gift|reward|sample|iphone|kit|spins?|trial|samsung|cooler|drill|vacuum)|gift ?card|free spins|act now|limited time|last (chance|reminder|warning)|final (notice|reminder|attempt)|don't miss|while supplies last",
    r"(reward|prize|gift|package|winner|bonus|loyalty) (\w+ ){0,4}(waiting|awaits|pending|ready|notification|confirm|program|inside)|(shopper|customer|lucky) (\w+ )?(reward|gift|winner)|#?\d+ (euro|dollar|usd|pounds?) (voucher|gift|card)",
    r"(weight ?loss|lose weight|burn (fat|belly)|blood sugar|diabet|tinnitus|erectile|testosterone|keto|cbd|gumm(y|ies)|toenail|fungus|neuropathy|memory loss|prostate|miracle|doctors? (hate|stunned|shocked)|weird trick|ancient (ritual|secret))",
    r"(hot|sexy|lonely|single|horny|russian|ukrainian|asian) (\w+ )?(girls?|women|ladies|singles|milfs?)|(wants|want) to (meet|chat|date|f\w+k)|(dating|hookup|casual (sex|encounter))|nude|naked (pic|photo|video)|adult (dating|friend)",
    r"(invest|earn|make|profit)\w* (\w+ ){0,5}([$€£] ?[\d.,]+|[\d.,]+ ?[$€£%]|\d+x)|(bitcoin|crypto|btc|ethereum|trading) (\w+ ){0,3}(profit|bot|robot|opportunity|platform|invest|million|giveaway|airdrop|bonus|deposit)|(airdrop|presale|giveaway|token sale|claim (your )?(\$?\w+ )?(token|coin|nft))|passive income|financial freedom|get rich",
    r"(loan|mortgage|insurance|warranty|coverage|solar|roof|gutter|window replacement|walk-?in (tub|bath)|home protection|credit (score|card|repair)|debt) (\w+ ){0,4}(approved|quote|offer|free|relief|rate|save|protect|as low as|pre-?approved|expire|today|now)|(home|auto|car|life|vehicle|medicare|health) (insurance|warranty|protection|coverage)",
    r"(gewonnen|gewinner|gewinnspiel|gutschein|geschenk|belohnung|prämie|ausgewählt|jackpot|freispiele|gratis|kostenlos)\w*|(herzlichen glückwunsch)",
    r"(gagn|remport)\w* (\w+ ){0,4}(prix|cadeau|bon|iphone|kit)|félicitations|(bon|carte)[ -](d'achat|cadeau)|cadeau|récompense|remboursement|tirage",
    r"(felicidades|enhorabuena|ganador|premio|regalo|sorteo|recompensa|tarjeta regalo|reembolso)",
    r"(parabéns|ganhador|prêmio|premiad|sorteio|brinde|cupom|vale[ -]presente|cashback|resgate|restituição|crédito liberado|valores? a receber|indenização|saque)",
    r"(congratulazioni|vincitore|hai vinto|premio|buono|regalo|rimborso|sondaggio)",
    r"(gefeliciteerd|gewonnen|winnaar|prijs|cadeau(kaart|bon)?|win (vandaag|nu|een)|enquête|gratis|waardebon|beloning)",
    r"(wygran|nagrod|konkurs|gratulac|prezent)\w*|(выигр|приз|подар|розыгрыш|бонус)\w*|当選|プレゼント|ポイント",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (at, words) in facts.said(&LURE).into_iter().take(2) {
        seen.line(at, words, Grade::Weak, "the words promise something to be had", "phrases in ten languages");
    }
}
