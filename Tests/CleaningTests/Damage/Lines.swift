/// Lines that pages put around and between the paragraphs of a story.
enum Lines {
  static func caption(_ words: inout NewsWords) -> String {
    let name = words.person()
    let scene =
      "A view of the \(words.pick(NewsWords.things)) in \(words.pick(NewsWords.places)), \(words.month()) 3, 2024."
    return words.pick([
      "\(scene) (AP Photo/\(name))", "\(scene) REUTERS/\(name)", "\(scene) Photograph: \(name)/AFP",
      "FILE PHOTO: \(scene) REUTERS/\(name)/File Photo", "FILE - \(scene) (AP Photo/\(name), File)",
      "Image caption, \(scene)", "\(scene) | Photo Credit: \(name)", "\(scene) [\(name)/Reuters]",
      "\(scene) (Photo: \(name)/Getty Images)", "\(scene) Photo by \(name)/AFP", "Pictured: \(scene)",
      "\(scene) © \(name)/AFP",
    ])
  }

  static let share = [
    "Share Tweet Email Print", "Share on Facebook Share on Twitter", "Facebook Twitter WhatsApp LinkedIn Copy link",
    "Share this article", "Share", "SHARE", "Share via Email", "Facebook | X | Telegram", "Share Save 12 Comments",
    "Share this story on Facebook", "Copy URL", "Tweet", "Share on WhatsApp", "Follow us on Facebook and Instagram",
    "Share this with friends", "Email Facebook Bluesky X Reddit",
  ]

  static func readMore(_ words: inout NewsWords) -> String {
    let title = words.headline()
    return words.pick([
      "Read more: \(title)", "READ MORE: \(title)", "READ ALSO: \(title)", "Also read | \(title)", "Related: \(title)",
      "See also: \(title)", "Read next: \(title)", "WATCH: \(title)",
      "Related stories\n\n\(title)\n\n\(words.headline())\n\n\(words.headline())",
      "More on this story\n\n\(title)\n\n\(words.headline())", "Recommended\n\n• \(title)\n\n• \(words.headline())",
      "Related Articles\n\n\(title)", "Click here to read more", "Read More »", "Continue Reading",
      "You may also like\n\n\(title)\n\n\(words.headline())",
    ])
  }

  static let prompts = [
    "Sign up for our newsletter", "Sign up for our free daily newsletter and get the news straight to your inbox.",
    "Subscribe to our newsletter", "Subscribe now for unlimited access.", "Subscribe to continue reading",
    "To continue reading this article, please subscribe.", "This article is for subscribers only.",
    "Already a subscriber? Log in", "You have reached your limit of free articles this month.",
    "You’ve read your last free article.", "Create a free account to keep reading.", "Start your free trial today",
    "Get unlimited access to all our journalism.", "Sign in to read the full story", "Become a member",
    "Support independent journalism with a monthly gift.", "Enter your email address", "Please log in to continue.",
    "Get the latest news delivered to your inbox every morning.", "Register for free to read this article.",
    "Don’t have an account? Register now", "Thank you for subscribing!",
    "Want more? Sign up here for our weekly briefing.",
    "Join thousands of readers: sign up to the Morning Briefing.", "Stay up to date with our app.",
    "Subscribe for $1 a week. Cancel anytime.",
  ]

  static let footers = [
    "© 2024 The Northport Gazette. All rights reserved.", "Copyright 2024 The Associated Press. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "(Reporting by Ann Lee in Lima; Editing by Bo Ray)", "Reporting by Ann Lee; Editing by Bo Ray",
    "Our Standards: The Thomson Reuters Trust Principles.", "Terms of Use | Privacy Policy | Cookie Policy",
    "The views expressed in this article are the author’s own and do not reflect those of this paper.",
    "We use cookies to improve your experience.", "This article was originally published on Northport Online.",
    "Do you have a news tip? Write to us.", "Contact us at news@northport.example", "Filed under: Politics, Europe",
    "Tags: bridge, council, vote", "© 2024 Northport Media Ltd", "Back to top",
    "Got a story? Tell us at tips@paper.example",
    "A version of this article appeared in print on March 3.",
  ]

  static let adverts = [
    "Advertisement", "ADVERTISEMENT", "Advertisement - Continue Reading Below", "Story continues below advertisement",
    "Article continues after ad", "Sponsored", "Sponsored Content", "[Advertisement]", "Ad", "- Advertisement -",
    "Scroll to continue with content", "Ad Feedback", "Paid content", "Promoted stories", "Skip advertisement",
    "ADVERTISING", "Article continues below this advertisement", "Sponsored by Northport Bank",
    "We may earn a commission from links on this page.", "(Advertisement)", "Advertisement: story continues below",
  ]

  /// As many words on each line as fit in `width`; with hyphens, a word that does not fit is parted in its middle.
  static func wrap(_ paragraph: some StringProtocol, _ width: Int, hyphenates: Bool) -> String {
    var lines: [String] = [""]
    for word in paragraph.split(separator: " ") {
      let line = lines[lines.count - 1]
      let room = width - line.count - 1
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if word.count <= room {
        lines[lines.count - 1] += " \(word)"
      } else if hyphenates, word.count > 6, room > 4, word.allSatisfy(\.isLowercase) {
        let half = min(room - 1, word.count - 3)
        lines[lines.count - 1] += " \(word.prefix(half))-"
        lines.append(String(word.dropFirst(half)))
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
