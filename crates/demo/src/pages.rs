//! Saved web pages of outlets, agency and look-alike sites. A look-alike borrows its outlet's layout and still links
//! to the outlet's sections; what ties the two look-alikes is an advertising id and a picture host.

use crate::File;
use crate::dates;
use crate::rng::Rng;
use crate::squeeze::base64;
use crate::story::{Article, Site, Story};

const SECTIONS: &[&str] = &["Home", "Politics", "Region", "Harbour", "Sport", "Culture", "Weather", "Opinion"];

/// The altered picture and the agency's own.
pub struct Pictures {
    /// As the agency published it.
    pub original: Vec<u8>,
    /// As the operation uses it.
    pub altered: Vec<u8>,
}

/// All saved pages, and the agency's picture beside its page.
pub fn files(rng: &mut Rng, story: &Story, pictures: &Pictures) -> Vec<File> {
    let mut out = Vec::new();
    for site in &story.outlets {
        let copied = story.copies().into_iter().find(|(s, _)| s.host == site.host).map(|(_, a)| a);
        let others: Vec<&Article> = site.articles.iter().filter(|a| Some(*a) != copied).collect();
        let n = rng.count(1, 2);
        for article in copied.into_iter().chain(rng.some(&others, n)) {
            out.push(page(rng, story, site, article, ""));
        }
    }
    let picture = format!("pages/{}/square-{}.png", story.agency.host, rng.hex(4));
    let shown = format!("<img src=\"{}\" alt=\"The square\">\n", picture.rsplit('/').next().unwrap_or_default());
    out.push(page(rng, story, &story.agency, story.syndicated(), &shown));
    out.push(File { path: picture, bytes: pictures.original.clone() });
    for (n, site) in story.lookalikes.iter().enumerate() {
        for (i, article) in site.articles.iter().enumerate() {
            let with_picture = n == 0 && i + 1 == site.articles.len();
            let shown = if with_picture { embedded(&pictures.altered) } else { String::new() };
            out.push(page(rng, story, site, article, &shown));
        }
    }
    out
}

fn embedded(png: &[u8]) -> String {
    format!("<img alt=\"\" src=\"data:image/png;base64,{}\">\n", base64(png))
}

fn page(rng: &mut Rng, story: &Story, site: &Site, article: &Article, picture: &str) -> File {
    let name = article.url.rsplit('/').next().unwrap_or("index.html");
    let html = format!(
        "<!DOCTYPE html>\n<!-- saved from url=({:04}){} -->\n<!-- SYNTHETIC: a made-up page for a demonstration -->\n\
         <html lang=\"en\">\n<head>\n{}</head>\n<body>\n{}</body>\n</html>\n",
        article.url.len(),
        article.url,
        head(story, site, article),
        body(rng, story, site, article, picture)
    );
    File { path: format!("pages/{}/{name}", site.host), bytes: html.into_bytes() }
}

fn head(story: &Story, site: &Site, article: &Article) -> String {
    let (time, url) = (dates::rfc3339(article.at), &article.url);
    let icons = if site.imitates.is_some() { &story.picture_host } else { &site.host };
    let (ads, tag) = (&site.advertising, &site.analytics);
    let ad_host = &story.bystanders[0];
    format!(
        "<meta charset=\"utf-8\">\n<title>{title} | {name}</title>\n<link rel=\"canonical\" href=\"{url}\">\n\
         <meta property=\"og:url\" content=\"{url}\">\n<meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:site_name\" content=\"{name}\">\n<meta property=\"article:published_time\" content=\"{time}\">\n\
         <meta name=\"generator\" content=\"Presswork 6.{layout}\">\n<link rel=\"icon\" href=\"https://{icons}/a/icon.png\">\n\
         <script async src=\"https://ads.{ad_host}/js/show.js?client={ads}\" crossorigin=\"anonymous\"></script>\n\
         <script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}\n\
         gtag('js',new Date());gtag('config','{tag}');</script>\n",
        title = article.headline,
        name = site.name,
        layout = site.layout,
    )
}

fn body(rng: &mut Rng, story: &Story, site: &Site, article: &Article, picture: &str) -> String {
    let nav = sections(story, site);
    let paragraphs: String = article.paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    let date = dates::long_date(article.at.div_euclid(dates::DAY));
    let advert = format!(
        "<ins class=\"adsbygoogle\" data-ad-client=\"{}\" data-ad-slot=\"{}\"></ins>\n",
        site.advertising,
        rng.letters("0123456789", 10)
    );
    let more = more(story, site, article);
    let home = &site.host;
    let name = &site.name;
    let foot = format!(
        "<p>© {name} · <a href=\"mailto:desk@{home}\">desk@{home}</a></p>\n<p>SYNTHETIC: this page, its outlet and its people are made up for a demonstration.</p>\n"
    );
    let title = &article.headline;
    match site.layout {
        0 => format!(
            "<header><a href=\"https://{home}/\">{name}</a>\n<nav>{nav}</nav></header>\n<main><article><h1>{title}</h1>\n\
             <time datetime=\"{}\">{date}</time>\n{picture}{paragraphs}</article>\n<aside>{advert}{more}</aside></main>\n<footer>{foot}</footer>\n",
            dates::rfc3339(article.at)
        ),
        1 => format!(
            "<div class=\"top\"><h2>{name}</h2><ul class=\"nav\">{nav}</ul></div>\n<div id=\"content\" class=\"story\">\n<h1>{title}</h1>\n\
             <p class=\"date\">{date}</p>\n{picture}{paragraphs}</div>\n<div class=\"sidebar\">{more}{advert}</div>\n<div id=\"footer\">{foot}</div>\n"
        ),
        _ => format!(
            "<nav>{nav}</nav>\n<section class=\"lead\"><h1>{title}</h1><p><em>{name}, {date}</em></p></section>\n{advert}\
             <article>{picture}{paragraphs}</article>\n<section class=\"related\">{more}</section>\n<footer>{foot}</footer>\n"
        ),
    }
}

/// Links to sections; a look-alike's still lead to the outlet it copied.
fn sections(story: &Story, site: &Site) -> String {
    let host = site.imitates.map_or(&site.host, |i| &story.outlets[i].host);
    let link = |s: &&str| format!("<a href=\"https://{host}/{}\">{s}</a> ", s.to_lowercase());
    SECTIONS.iter().map(link).collect()
}

fn more(story: &Story, site: &Site, article: &Article) -> String {
    let source = if site.articles.len() > 1 { site } else { &story.outlets[0] };
    let others = source.articles.iter().filter(|a| a.url != article.url).rev().take(4);
    let links: String = others.map(|a| format!("<li><a href=\"{}\">{}</a></li>\n", a.url, a.headline)).collect();
    format!("<h3>More</h3>\n<ul>{links}</ul>\n")
}
