//! Query parameters that say how a reader came to a page, not which page it is.
//!
//! Only names that their makers document, or that browsers strip, as click, mailing, campaign or session marks are listed
//! (Firefox query stripping and Brave's query filter name the identifiers among them). A name that some site might use to
//! choose an article (`id`, `cid`, `sid`, `source`, `from`) stays: two ids for one article are a lesser fault than one
//! id for two.
//!
//! Do not change lightly: a name that is added or taken out gives the articles with it in their URL another id.

/// Parameters by name, sorted, in lower case, each with the system that sets it.
const NAMES: &[(&str, &str)] = &[
    ("__hsfp", "HubSpot"),
    ("__hssc", "HubSpot"),
    ("__hstc", "HubSpot"),
    ("__s", "Drip"),
    ("__twitter_impression", "Twitter on AMP pages"),
    ("_branch_match_id", "Branch"),
    ("_ga", "Google Analytics"),
    ("_gl", "Google Analytics"),
    ("_hsenc", "HubSpot"),
    ("_hsmi", "HubSpot"),
    ("_ke", "Klaviyo"),
    ("_kx", "Klaviyo"),
    ("_openstat", "Openstat"),
    ("cmpid", "campaign id of Adobe Analytics and others"),
    ("dclid", "Google Campaign Manager"),
    ("dm_i", "Dotdigital"),
    ("ef_id", "Adobe Advertising"),
    ("epik", "Pinterest"),
    ("fb_action_ids", "Facebook"),
    ("fb_action_types", "Facebook"),
    ("fb_ref", "Facebook"),
    ("fb_source", "Facebook"),
    ("fbclid", "Facebook"),
    ("gad_campaignid", "Google Ads"),
    ("gad_source", "Google Ads"),
    ("gbraid", "Google Ads"),
    ("gclid", "Google Ads"),
    ("gclsrc", "Google Ads"),
    ("guccounter", "Yahoo"),
    ("guce_referrer", "Yahoo"),
    ("guce_referrer_sig", "Yahoo"),
    ("hsctatracking", "HubSpot"),
    ("igsh", "Instagram"),
    ("igshid", "Instagram"),
    ("irclickid", "Impact"),
    ("jsessionid", "Java servlet session"),
    ("li_fat_id", "LinkedIn"),
    ("mc_cid", "Mailchimp"),
    ("mc_eid", "Mailchimp"),
    ("mibextid", "Facebook"),
    ("mkt_tok", "Marketo"),
    ("ml_subscriber", "MailerLite"),
    ("ml_subscriber_hash", "MailerLite"),
    ("msclkid", "Microsoft Advertising"),
    ("nr_email_referer", "newsletters"),
    ("ns_campaign", "Comscore"),
    ("ns_fee", "Comscore"),
    ("ns_linkname", "Comscore"),
    ("ns_mchannel", "Comscore"),
    ("ns_source", "Comscore"),
    ("oly_anon_id", "Omeda"),
    ("oly_enc_id", "Omeda"),
    ("phpsessid", "PHP session"),
    ("rb_clickid", "Rebold"),
    ("rdt_cid", "Reddit"),
    ("ref_src", "Twitter"),
    ("ref_url", "Twitter"),
    ("s_cid", "Adobe Analytics"),
    ("s_kwcid", "Adobe Advertising"),
    ("sccid", "Snapchat"),
    ("smid", "New York Times sharing"),
    ("smtyp", "New York Times sharing"),
    ("soc_src", "Yahoo"),
    ("soc_trk", "Yahoo"),
    ("spm", "Alibaba"),
    ("srsltid", "Google Merchant Centre"),
    ("ttclid", "TikTok"),
    ("twclid", "Twitter"),
    ("vero_conv", "Vero"),
    ("vero_id", "Vero"),
    ("wbraid", "Google Ads"),
    ("wickedid", "Wicked Reports"),
    ("wt_mc", "Webtrekk"),
    ("wt_zmc", "Webtrekk"),
    ("xtor", "AT Internet"),
    ("yclid", "Yandex Direct"),
    ("ymclid", "Yandex Market"),
    ("ysclid", "Yandex Search"),
    ("zanpid", "Awin"),
    ("zarsrc", "Zalo"),
];

/// Families of parameters by the start of their names, each with the system that sets them.
const PREFIXES: &[(&str, &str)] = &[
    ("at_", "AT Internet (Piano Analytics)"),
    ("hsa_", "HubSpot Ads"),
    ("matomo_", "Matomo"),
    ("mtm_", "Matomo"),
    ("piwik_", "Matomo under its former name"),
    ("pk_", "Matomo under its former name"),
    ("utm_", "Urchin, Google Analytics and most others"),
];

/// Whether a parameter only tracks. Names compare without case.
pub(super) fn is_tracking(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.binary_search_by_key(&name.as_str(), |(listed, _)| listed).is_ok()
        || PREFIXES.iter().any(|(prefix, _)| name.starts_with(prefix))
        || (name == "ref" && is_bare_word(value))
}

/// `ref` names the referring page on most sites (`ref=rss`) and an article on some (`ref=80123`, `ref=a-slug`): only a
/// bare word is taken for the former.
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
