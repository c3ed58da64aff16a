/** Who could learn what in a story: every place that could hold a fact is searched for it. */
@org.jspecify.annotations.NullMarked
package city.elicence.city.story.knows;
