package city.elicence.city.story;

import city.elicence.city.demo.Holder;

/**
 * A company of a story, which does not exist.
 *
 * @param code its unified social credit code (GB 32100)
 */
public record Firm(String name, String code, Holder wallet) {}
