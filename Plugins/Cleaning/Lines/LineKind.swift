/// What a line is that is no part of the story. Each kind is counted under its name, and has its option.
enum LineKind: String, CaseIterable, Sendable {
  /// Whose picture it is, perhaps with a date.
  case credit = "credits"
  case byline = "bylines"
  /// When the story was published or updated.
  case date = "dates"
  /// The headline, once more.
  case headline = "headlines"
  /// What a picture shows.
  case caption = "captions"
  /// Share buttons.
  case share
  /// Links to other stories.
  case readMore = "read_more"
  /// Prompts to subscribe, to pay, to sign in.
  case prompt = "prompts"
  /// Copyright and other legal lines, who reported and edited, what stands under a page.
  case footer = "footers"
  /// What stands around advertisements.
  case advert = "adverts"
}
