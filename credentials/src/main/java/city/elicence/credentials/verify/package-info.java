/** A presentation, what is expected of it, what is known and the time: from these, a verdict. Nothing else decides. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.verify;
