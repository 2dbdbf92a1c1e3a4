internal import Hearsay
struct PageMetadata {
  var members: [(key: String, value: String)] = []
  init(_ markup: PageMarkup) { members.append((key: "title", value: markup.title)) }
}
