#include "modules/notes/rules.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>
#include <mutex>

namespace patron::notes::rules {
namespace {

struct Freeing {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
    void operator()(char* text) const { std::free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Freeing>;

constexpr int options = CMARK_OPT_HARDBREAKS;  // whoever presses Enter in a note means a new line

std::string_view text_or_empty(char const* text) { return text ? text : ""; }

bool is_open_to(std::string_view url) {
    std::string start(url.substr(0, 10));
    for (char& c : start)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return start.starts_with("https://") || start.starts_with("http://") || start.starts_with("mailto:");
}

// Puts the children where the node was; one that may not stand there goes with it.
void unwrap(cmark_node* node) {
    while (auto* child = cmark_node_first_child(node))
        if (!cmark_node_insert_before(node, child)) cmark_node_free(child);
    cmark_node_free(node);
}

// Puts another node, with the same children, where this one was. False, and nothing done, where it may not stand.
bool replace(cmark_node* node, Owned<cmark_node> other) {
    if (!cmark_node_insert_before(node, other.get())) return false;
    auto* const put = other.release();
    while (auto* child = cmark_node_first_child(node))
        if (!cmark_node_append_child(put, child)) cmark_node_free(child);
    cmark_node_free(node);
    return true;
}

// "@" right before a link to a user makes it a mention; the sign moves into it.
bool make_mention(cmark_node* link, Id<User> user) {
    auto* const before = cmark_node_previous(link);
    std::string text(
        before && cmark_node_get_type(before) == CMARK_NODE_TEXT ? text_or_empty(cmark_node_get_literal(before)) : "");
    if (!text.ends_with('@')) return false;
    Owned<cmark_node> mention(cmark_node_new(CMARK_NODE_CUSTOM_INLINE));
    cmark_node_set_on_enter(mention.get(), ("<span class=\"mention\" data-user=\"" + user.text() + "\">@").c_str());
    cmark_node_set_on_exit(mention.get(), "</span>");
    if (!replace(link, std::move(mention))) return false;
    text.pop_back();
    cmark_node_set_literal(before, text.c_str());
    return true;
}

void make_safe(cmark_node* link) {
    auto const url = text_or_empty(cmark_node_get_url(link));
    if (is_open_to(url)) return;
    auto const user = Id<User>::read(url);
    if (!user || !make_mention(link, *user)) unwrap(link);
}

// Pictures would tell their server who reads the note: what is left is a link to them.
void make_link(cmark_node* image) {
    std::string const url(text_or_empty(cmark_node_get_url(image)));
    bool const in_link = cmark_node_get_type(cmark_node_parent(image)) == CMARK_NODE_LINK;
    Owned<cmark_node> link(cmark_node_new(CMARK_NODE_LINK));
    cmark_node_set_url(link.get(), url.c_str());
    if (in_link || !is_open_to(url) || !replace(image, std::move(link))) unwrap(image);
}

std::vector<cmark_node*> nodes_below(cmark_node* root) {
    std::vector<cmark_node*> nodes;
    Owned<cmark_iter> iter(cmark_iter_new(root));
    for (auto event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(iter.get()))
        if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iter.get()));
    return nodes;
}

void keep_what_is_safe(cmark_node* root) {
    for (auto* const node : nodes_below(root)) {
        auto const type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK) make_safe(node);
        else if (type == CMARK_NODE_IMAGE) make_link(node);
        else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) cmark_node_free(node);
    }
}

// The renderer writes "<a" for links alone: text is escaped, and HTML of the writer's own is gone.
std::string with_closed_doors(std::string_view html) {
    constexpr std::string_view anchor = "<a ";
    std::string safe;
    for (std::size_t at = 0;;) {
        auto const found = html.find(anchor, at);
        safe += html.substr(at, found == std::string_view::npos ? found : found - at);
        if (found == std::string_view::npos) return safe;
        safe += "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\" ";
        at = found + anchor.size();
    }
}

Owned<cmark_parser> make_parser() {
    static std::once_flag once;
    std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
    Owned<cmark_parser> parser(cmark_parser_new(options));
    for (auto const* name : {"table", "strikethrough", "autolink", "tasklist"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    return parser;
}

}  // namespace

std::string html_of(std::string const& body) {
    auto const parser = make_parser();
    cmark_parser_feed(parser.get(), body.data(), body.size());
    Owned<cmark_node> root(cmark_parser_finish(parser.get()));
    keep_what_is_safe(root.get());
    Owned<char> const html(cmark_render_html(root.get(), options, cmark_parser_get_syntax_extensions(parser.get())));
    return with_closed_doors(html.get());
}

}  // namespace patron::notes::rules
