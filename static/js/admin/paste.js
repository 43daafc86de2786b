// What is pasted or dropped into the body. Styles become the marks that they mean, blank lines and typed indents become
// paragraphs, pictures stay outside; what did not come is said at once. The server does so too with what it is sent
// (articles/sanitise.py): here the writer sees it.
{
  const words = document.currentScript.dataset
  const TAGS = { strong: "strong", b: "strong", em: "em", i: "em", s: "s", del: "s", strike: "s", sup: "sup", sub: "sub" }
  const BLOCKS = "p, div, section, article, td, th, li, h1, h2, h3, h4, h5, h6, blockquote, dd, dt, center"
  const PICTURES = "img, picture, svg, canvas, video, audio, iframe, object, embed"
  const GONE = "script, style, meta, link, title, template, noscript"
  const INDENT = /^[\s\u200b\ufeff]+/
  /** How a line begins that is a paragraph: by an ideographic or no-break space, or two others. */
  const NEXT = /^[\r\n\t]*(?:[\u3000\u00a0]|[ \u2002\u2003]{2})/
  const LINK = /^(?:https?:|mailto:|tel:|\/(?!\/))/i
  const HOST = /^(?:www\.(?:[^\s/.]+\.)+[^\s/.\d]{2,}|(?:[\w-]+\.)+(?:cn|com|net|org|gov|edu|info|cc|tv|io|hk|mo|tw|中国|公司|网络|政务|公益))(?::\d+)?(?:[/?#]|$)/i

  const scratch = document.createElement("span")

  /** Marks that an element turns on (true) or off (false): its style weighs more than its tag. */
  const marksOf = (element) => {
    const marks = element.localName in TAGS ? { [TAGS[element.localName]]: true } : {}
    scratch.style.cssText = element.dataset.style ?? ""
    const { fontWeight, fontStyle, textDecorationLine, verticalAlign } = scratch.style
    if (/^(?:bold|normal|lighter|\d)/.test(fontWeight)) marks.strong = /^bold/.test(fontWeight) || Number(fontWeight) >= 600
    if (/^(?:italic|oblique|normal)/.test(fontStyle)) marks.em = fontStyle !== "normal"
    if (textDecorationLine.includes("line-through")) marks.s = true
    if (/^(?:super|sub)$/.test(verticalAlign)) marks[verticalAlign === "super" ? "sup" : "sub"] = true
    return marks
  }

  const textsIn = (root) => {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    return texts
  }

  const unwrap = (element) => element.replaceWith(...element.childNodes)

  /** A text, or the outermost mark that was put around it. */
  const outermost = (text, known, body) => {
    let at = text
    while (at.parentElement !== body && !known.has(at.parentElement)) at = at.parentElement
    return at
  }

  /** Each text in the marks that it bears, and no other element within a line but links. */
  const markTexts = (body) => {
    const known = new Map()
    for (const element of body.querySelectorAll("*")) known.set(element, marksOf(element))
    for (const text of textsIn(body)) {
      const marks = {}
      for (let at = text.parentElement; at && at !== body; at = at.parentElement) {
        for (const [mark, isOn] of Object.entries(known.get(at))) marks[mark] ??= isOn
      }
      if (text.data.trim()) {
        for (const mark of Object.keys(marks).filter((one) => marks[one])) {
          const element = body.ownerDocument.createElement(mark)
          const inner = outermost(text, known, body)
          inner.replaceWith(element)
          element.append(inner)
        }
      }
    }
    for (const element of known.keys()) {
      if (element.localName in TAGS || element.matches("span, font, u, ins, big, small, mark, tt, code")) unwrap(element)
      else element.removeAttribute("data-style")
    }
  }

  const isBlank = (node) => !node.textContent.replace(INDENT, "") && !node.querySelector?.("hr")

  /** Paragraphs where a block has blank lines, or lines that are indented. */
  const partLines = (block) => {
    const nodes = [...block.childNodes]
    const lines = [[]]
    nodes.forEach((node, at) => {
      if (node.nodeName !== "BR") return lines.at(-1).push(node)
      const rest = nodes.slice(at + 1)
      const next = rest.find((one) => one.nodeName === "BR" || !isBlank(one))
      const text = rest.slice(0, rest.indexOf(next) + 1).map((one) => one.textContent).join("")
      if (next && next.nodeName !== "BR" && !NEXT.test(text)) lines.at(-1).push(node)
      else lines.push([])
    })
    if (lines.length === 1 || block.querySelector("p, div, table, ul, ol")) return
    const parts = lines.filter((line) => line.some((node) => !isBlank(node)))
    const paragraphs = parts.map((line) => {
      const paragraph = block.ownerDocument.createElement("p")
      paragraph.append(...line)
      return paragraph
    })
    if (block.localName === "p") block.replaceWith(...paragraphs)
    else block.replaceChildren(...paragraphs)
  }

  const dropIndent = (block) => {
    for (const text of textsIn(block)) {
      text.data = text.data.replace(INDENT, "")
      if (text.data) return
    }
  }

  const mendLinks = (body) => {
    let lost = 0
    for (const link of body.querySelectorAll("a")) {
      const href = (link.getAttribute("href") ?? "").trim()
      if (HOST.test(href)) link.setAttribute("href", `https://${href}`)
      else if (!LINK.test(href)) {
        lost += href ? 1 : 0
        unwrap(link)
      }
    }
    return lost
  }

  /** The pasted HTML as a body has it, and what of it did not come. */
  const cleaned = (html) => {
    // The policy of the page has no style attributes, not even in a document that nobody sees.
    const bare = html.replace(/(<[^<>]*?\s)style(\s*=)/gi, "$1data-style$2")
    const { body } = new DOMParser().parseFromString(bare, "text/html")
    for (const element of body.querySelectorAll(GONE)) element.remove()
    const outer = [...body.querySelectorAll(PICTURES)].filter((one) => !one.parentElement.closest(PICTURES))
    for (const picture of outer) picture.remove()
    for (const caption of body.querySelectorAll("figcaption")) {
      const paragraph = body.ownerDocument.createElement("p")
      paragraph.append(...caption.childNodes)
      caption.replaceWith(paragraph)
    }
    for (const figure of body.querySelectorAll("figure")) unwrap(figure)
    const links = mendLinks(body)
    markTexts(body)
    body.normalize()
    for (const block of [...body.querySelectorAll(BLOCKS), body]) partLines(block)
    for (const block of body.querySelectorAll(BLOCKS)) dropIndent(block)
    for (const block of body.querySelectorAll("p, div, section")) if (isBlank(block) && !block.querySelector("td")) block.remove()
    return { html: body.innerHTML, pictures: outer.length, links }
  }

  const tell = (textarea, { pictures = 0, links = 0 }) => {
    const root = textarea.closest(".prose-editor")
    const note = root.parentElement.querySelector(".pasted") ?? document.createElement("p")
    note.className = "limit over pasted"
    note.setAttribute("role", "status")
    if (!note.isConnected) root.after(note)
    note.textContent = [
      pictures ? words.pictures.replace("{0}", pictures) : "",
      links ? words.links.replace("{0}", links) : "",
    ].join("")
  }

  const picturesIn = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/")).length

  document.addEventListener("prose-editor:ready", ({ target: textarea, detail: { editor } }) => {
    /** Whether a paste or drop holds nothing but pictures, which is said and not done. */
    const refuse = (data, slice) => {
      const pictures = data?.getData("text/html") ? 0 : picturesIn(data)
      if (pictures) tell(textarea, { pictures })
      return pictures > 0 || slice.size === 0
    }
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        transformPastedHTML: (html) => {
          // Cut from the editor itself.
          if (html.includes("data-pm-slice")) return html
          const pasted = cleaned(html)
          tell(textarea, pasted)
          return pasted.html
        },
        handlePaste: (_view, event, slice) => refuse(event.clipboardData, slice),
        handleDrop: (_view, event, slice, isMoved) => {
          const isRefused = !isMoved && refuse(event.dataTransfer, slice)
          if (isRefused) event.preventDefault()
          return isRefused
        },
      },
    })
  })
}
