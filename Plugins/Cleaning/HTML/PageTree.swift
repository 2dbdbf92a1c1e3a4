import HearsayText

/// What the parser keeps of a page: its block elements, and the blocks of text in them, in document order.
struct PageTree {
  /// A block element.
  struct Node {
    var tag: Tag
    var hints: ElementHints
    /// The element around it; -1 for the first.
    var parent: Int32
    /// The first block that begins in it.
    var firstBlock: Int32
    /// After the last block that begins in it.
    var endBlock: Int32
    /// After the last node in it; the nodes of a subtree are `index..<end`.
    var end: Int32
  }

  /// A run of characters that no inline tag interrupts.
  struct Piece {
    /// Where it stands: an offset in the page where its bytes are the page's, `~offset` in `decoded` elsewhere.
    var place: Int32
    /// In bytes; 0 for a line break.
    var count: Int32
  }

  /// A run of text that no block tag interrupts: a paragraph, a heading, a list item.
  struct Block {
    /// The innermost block element around it.
    var node: Int32
    var firstPiece: Int32
    var endPiece: Int32 = 0
    /// The hints that inline elements give for the whole of the text.
    var hints: ElementHints = []
    /// Code points that are no white space.
    var letters: Int32 = 0
    /// Letters, those of scripts that write a word in one or two counted twice.
    var weight: Int32 = 0
    /// The letters inside links.
    var linkLetters: Int32 = 0
    var words: Int32 = 0
    /// Commas and full stops.
    var points: Int32 = 0
    /// The last byte that is no white space.
    var last: UInt8 = 0
    /// Whether two line breaks or more part it from the block before it, in the same element.
    var followsBreak = false
  }

  var nodes: [Node] = []
  var blocks: [Block] = []
  var pieces: [Piece] = []
  /// Characters that stand in the page in other bytes: entities.
  var decoded: [UInt8] = []
}
