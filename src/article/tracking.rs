//! Query parameters that say how a reader came to a page, not which page it is.
//!
//! Only names that their makers document, or that browsers strip, as click, mailing, campaign or session marks are listed
//! (Firefox query stripping and Brave's query filter name the identifiers among them). A name that some site might use to
//! choose an article (`id`, `cid`, `sid`, `source`, `from`) stays, unless its value can only be a channel (`source=rss`): two
//! ids for one article are a lesser fault than one id for two.
//!
//! Do not change lightly: a name that is added or taken out gives the articles with it in their URL another id.

/// Parameters by name, sorted, in lower case, each with the system that sets it.
const NAMES: &[(&str, &str)] = &[
    ("__amp_source_origin", "AMP runtime"),
    ("__hsfp", "HubSpot"),
    ("__hssc", "HubSpot"),
    ("__hstc", "HubSpot"),
    ("__s", "Drip"),
    ("__twitter_impression", "Twitter on AMP pages"),
    ("_bhlid", "beehiiv"),
    ("_branch_match_id", "Branch"),
    ("_bta_c", "Bronto"),
    ("_bta_tid", "Bronto"),
    ("_f", "Sohu"),
    ("_ga", "Google Analytics"),
    ("_gac", "Google Analytics"),
    ("_gl", "Google Analytics"),
    ("_hsenc", "HubSpot"),
    ("_hsmi", "HubSpot"),
    ("_ke", "Klaviyo"),
    ("_kx", "Klaviyo"),
    ("_openstat", "Openstat"),
    ("_trans_", "Sohu"),
    ("action_object_map", "Facebook"),
    ("action_ref_map", "Facebook"),
    ("action_type_map", "Facebook"),
    ("admitad_uid", "Admitad"),
    ("adtag", "Tencent"),
    ("amp_gsa", "AMP cache of Google"),
    ("amp_js_v", "AMP cache of Google"),
    ("amp_kit", "AMP viewers on phones"),
    ("amp_r", "AMP cache of Google"),
    ("ascene", "WeChat"),
    ("awc", "Awin"),
    ("bxid", "Condé Nast mailings"),
    ("cachebuster", "keeps a cache out"),
    ("calltouch_tm", "Calltouch"),
    ("chksm", "WeChat"),
    ("clickfrom", "NetEase"),
    ("cloc", "JoongAng"),
    ("cmp", "campaigns of the Guardian and others"),
    ("cmpid", "campaign id of Adobe Analytics and others"),
    ("cndid", "Condé Nast mailings"),
    ("dclid", "Google Campaign Manager"),
    ("dicbo", "Outbrain"),
    ("dm_i", "Dotdigital"),
    ("ef_id", "Adobe Advertising"),
    ("emc", "New York Times mailings"),
    ("emk", "El Mundo"),
    ("epik", "Pinterest"),
    ("erid", "mark of advertising in Russia"),
    ("exportkey", "WeChat"),
    ("fb_action_ids", "Facebook"),
    ("fb_action_types", "Facebook"),
    ("fb_ref", "Facebook"),
    ("fb_source", "Facebook"),
    ("fbclid", "Facebook"),
    ("fref", "Facebook"),
    ("gad_campaignid", "Google Ads"),
    ("gad_source", "Google Ads"),
    ("gbraid", "Google Ads"),
    ("gclid", "Google Ads"),
    ("gclsrc", "Google Ads"),
    ("gepc", "FAZ"),
    ("gidzl", "Zalo"),
    ("guccounter", "Yahoo"),
    ("guce_referrer", "Yahoo"),
    ("guce_referrer_sig", "Yahoo"),
    ("hc_location", "Facebook"),
    ("hc_ref", "Facebook"),
    ("hsctatracking", "HubSpot"),
    ("hss_channel", "HubSpot"),
    ("icid", "campaigns within a site"),
    ("icmp", "campaigns within a site"),
    ("ico", "Mail Online"),
    ("igsh", "Instagram"),
    ("igshid", "Instagram"),
    ("int_cid", "campaigns within a site"),
    ("intcid", "campaigns within a site"),
    ("intcmp", "campaigns within a site, Adobe Analytics"),
    ("irclickid", "Impact"),
    ("iref", "Asahi"),
    ("isappinstalled", "WeChat"),
    ("itid", "Washington Post"),
    ("ito", "Mail Online"),
    ("jsessionid", "Java servlet session"),
    ("li_fat_id", "LinkedIn"),
    ("mbid", "Condé Nast"),
    ("mc_cid", "Mailchimp"),
    ("mc_eid", "Mailchimp"),
    ("mibextid", "Facebook"),
    ("mkt_tok", "Marketo"),
    ("ml_subscriber", "MailerLite"),
    ("ml_subscriber_hash", "MailerLite"),
    ("msclkid", "Microsoft Advertising"),
    ("msockid", "Bing"),
    ("n_cid", "Nikkei"),
    ("ncid", "AOL and HuffPost"),
    ("nocache", "keeps a cache out"),
    ("nr_email_referer", "newsletters"),
    ("oborigurl", "Outbrain"),
    ("ocid", "Microsoft, BBC"),
    ("oly_anon_id", "Omeda"),
    ("oly_enc_id", "Omeda"),
    ("outbrainclickid", "Outbrain"),
    ("pass_ticket", "WeChat"),
    ("pgv_ref", "Tencent"),
    ("phpsessid", "PHP session"),
    ("pwapi_token", "Washington Post"),
    ("rb_clickid", "Rebold"),
    ("rdt_cid", "Reddit"),
    ("ref_src", "Twitter"),
    ("ref_url", "Twitter"),
    ("referringsource", "New York Times"),
    ("reflink", "Dow Jones"),
    ("refresh_ce", "GEDI newspapers"),
    ("regi_id", "New York Times mailings"),
    ("roistat", "Roistat"),
    ("s_cid", "Adobe Analytics"),
    ("s_kw", "El Mundo"),
    ("s_kwcid", "Adobe Advertising"),
    ("sara_ecid", "Spiegel"),
    ("sara_ref", "Spiegel"),
    ("sccid", "Snapchat"),
    ("searchresultposition", "New York Times"),
    ("sharer_shareinfo", "WeChat"),
    ("sharer_shareinfo_first", "WeChat"),
    ("smid", "New York Times sharing"),
    ("smtyp", "New York Times sharing"),
    ("soc_src", "Yahoo"),
    ("soc_trk", "Yahoo"),
    ("spm", "Alibaba"),
    ("srsltid", "Google Merchant Centre"),
    ("ssm", "El País"),
    ("subscene", "WeChat"),
    ("tag_from", "Detik"),
    ("taid", "Trueanthem"),
    ("tblci", "Taboola"),
    ("tn-str", "Facebook"),
    ("tpcc", "TechCrunch, Business Insider"),
    ("trackingid", "LinkedIn"),
    ("traffic_source", "campaigns of several networks"),
    ("trafficsource", "campaigns of several networks"),
    ("trk", "LinkedIn"),
    ("trkcampaign", "LinkedIn"),
    ("ttclid", "TikTok"),
    ("twclid", "Twitter"),
    ("usqp", "AMP cache of Google"),
    ("vero_conv", "Vero"),
    ("vero_id", "Vero"),
    ("vgo_ee", "ActiveCampaign"),
    ("vn_aid", "VnExpress"),
    ("vn_campaign", "VnExpress"),
    ("vn_medium", "VnExpress"),
    ("vn_source", "VnExpress"),
    ("vn_term", "VnExpress"),
    ("vn_thumb", "VnExpress"),
    ("vn_zone", "VnExpress"),
    ("wbraid", "Google Ads"),
    ("wfr", "Baidu"),
    ("wickedid", "Wicked Reports"),
    ("wpisrc", "Washington Post"),
    ("wpmk", "Washington Post"),
    ("wpmm", "Washington Post"),
    ("wx_header", "WeChat"),
    ("xing_share", "XING"),
    ("xtor", "AT Internet"),
    ("xts", "AT Internet"),
    ("yclid", "Yandex Direct"),
    ("ymclid", "Yandex Market"),
    ("yrwinfo", "Yandex News"),
    ("ysclid", "Yandex Search"),
    ("zanpid", "Awin"),
    ("zarsrc", "Zalo"),
];

/// Families of parameters by the start of their names, each with the system that sets them.
const PREFIXES: &[(&str, &str)] = &[
    ("__cf_chl_", "Cloudflare"),
    ("__cft__", "Facebook"),
    ("_ga_", "Google Analytics"),
    ("at_", "AT Internet (Piano Analytics)"),
    ("cx_", "Cxense (Piano)"),
    ("gaa_", "Google News"),
    ("hsa_", "HubSpot Ads"),
    ("itm_", "campaigns within a site"),
    ("lmd_", "Le Monde"),
    ("matomo_", "Matomo"),
    ("mtm_", "Matomo"),
    ("ns_", "Comscore"),
    ("piwik_", "Matomo under its former name"),
    ("pk_", "Matomo under its former name"),
    ("sfmc_", "Salesforce Marketing Cloud"),
    ("utm_", "Urchin, Google Analytics and most others"),
    ("wt.", "WebTrends"),
    ("wt_", "Webtrekk (Mapp)"),
];

/// Parameters that name the referring page on most sites (`ref=rss`) and an article on some (`ref=80123`,
/// `ref=a-slug`): only a bare word is taken for the former.
const REFERRERS: &[&str] = &["ref", "referer", "referrer", "share"];

/// Parameters that say by which channel a reader came, or choose what is shown: they track where their value is one of
/// [`CHANNELS`].
const SOURCES: &[&str] = &["campaign", "channel", "from", "medium", "origin", "partner", "source", "src", "via"];

/// Ways by which readers come, as sites write them.
const CHANNELS: &str = "app email facebook fb feed groupmessage home homepage instagram linkedin mail main newsfeed newsletter push \
    rss share singlemessage social telegram timeline tw twitter viber wechat weibo whatsapp zalo";

/// Whether a parameter only tracks. Names compare without case.
pub(super) fn is_tracking(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.binary_search_by_key(&name.as_str(), |(listed, _)| listed).is_ok()
        || PREFIXES.iter().any(|(prefix, _)| name.starts_with(prefix))
        || (REFERRERS.contains(&name.as_str()) && is_bare_word(value))
        || (SOURCES.contains(&name.as_str()) && CHANNELS.split(' ').any(|channel| channel.eq_ignore_ascii_case(value)))
        // The cache-buster of jQuery, a time in milliseconds; a sharing mark of Forbes and others, a hash.
        || (name == "_" && value.len() >= 10 && value.bytes().all(|byte| byte.is_ascii_digit()))
        || (name == "sh" && value.len() >= 8 && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_bare_word(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, value: &str, expected: bool) {
        assert_eq!(is_tracking(name, value), expected, "{name}={value}");
    }

    #[test]
    fn tells_tracking_from_content() {
        for (name, _) in NAMES {
            check(name, "1", true);
            check(&name.to_ascii_uppercase(), "1", true);
        }
        check("utm_source", "x", true);
        check("utm_anything", "x", true);
        check("at_medium", "RSS", true);
        for name in ["id", "p", "page", "cid", "sid", "source", "from", "utm", "utmost", "format", "attachment", "lang"]
        {
            check(name, "x", false);
        }
        for (name, value) in [
            ("from", "rss"),
            ("Source", "Facebook"),
            ("_", "1699999999999"),
            ("sh", "5d2f1a0b3c4e"),
            ("share", "twitter"),
        ] {
            check(name, value, true);
        }
        for (name, value) in [
            ("from", "hanoi"),
            ("source", "4711"),
            ("_", "7"),
            ("sh", "7"),
            ("share", "4711"),
            ("vn", "x"),
            ("ns", "x"),
        ] {
            check(name, value, false);
        }
        check("ref", "rss", true);
        check("ref", "www.search.example", true);
        check("ref", "80123", false);
        check("ref", "flood-waters-rise", false);
    }

    #[test]
    fn tables_are_sorted_and_in_lower_case() {
        for table in [NAMES, PREFIXES] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
            assert!(table.iter().all(|(name, _)| *name == name.to_ascii_lowercase()));
        }
    }
}
