package city.elicence.credentials.metadata;

/**
 * An address, and what is to be found there.
 *
 * @param integrity as {@link Integrity} has it
 */
public record PinnedLink(String uri, String integrity) {}
