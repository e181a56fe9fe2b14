package dev.portcullis.crawler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Crawlers whose owners have published in which domains their addresses have names.
 *
 * <p>Left out are domains in which anybody can rent a host, such as {@code googleusercontent.com}, and crawlers of which only addresses are
 * published: those are a matter for feeds.
 */
public final class KnownCrawlers {

    /** All of them, by their names. */
    public static final Map<String, Crawler> ALL = all(
            new Crawler(
                    "googlebot",
                    List.of("Googlebot", "GoogleOther", "Google-InspectionTool", "Storebot-Google"),
                    List.of("googlebot.com")),
            new Crawler(
                    "google-special",
                    List.of("AdsBot-Google", "APIs-Google", "Mediapartners-Google"),
                    List.of("google.com", "googlebot.com")),
            new Crawler("bingbot", List.of("bingbot", "adidxbot", "msnbot"), List.of("search.msn.com")),
            new Crawler("applebot", List.of("Applebot"), List.of("applebot.apple.com")),
            new Crawler(
                    "yandex",
                    List.of("YandexBot", "YandexImages", "yandex.com/bots"),
                    List.of("yandex.ru", "yandex.net", "yandex.com")),
            new Crawler("baiduspider", List.of("Baiduspider"), List.of("crawl.baidu.com", "crawl.baidu.jp")),
            new Crawler("yahoo-slurp", List.of("Yahoo! Slurp"), List.of("crawl.yahoo.net")),
            new Crawler("petalbot", List.of("PetalBot"), List.of("petalsearch.com", "aspiegel.com")),
            new Crawler("seznambot", List.of("SeznamBot"), List.of("seznam.cz")),
            new Crawler("amazonbot", List.of("Amazonbot"), List.of("crawl.amazonbot.amazon")),
            new Crawler("ccbot", List.of("CCBot/"), List.of("crawl.commoncrawl.org")));

    private KnownCrawlers() {}

    private static Map<String, Crawler> all(Crawler... crawlers) {
        var all = new LinkedHashMap<String, Crawler>();
        for (var crawler : crawlers) {
            all.put(crawler.name(), crawler);
        }
        return Collections.unmodifiableMap(all);
    }
}
