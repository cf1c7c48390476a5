// The words of all records: looked up whole, by their beginning, by letters within and with one slip of the typist.
#pragma once
#include "index/ordered.hpp"
#include "index/posting.hpp"
#include "index/slots.hpp"
#include "index/store.hpp"
#include "index/values.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace patron::index {

// Calls visit(word) for each word of a folded text; a word is valid only during the call.
void each_word(std::string_view folded, std::function<void(std::string_view)> const& visit);

// Bytes of the code point that begins with that byte; 1 for what begins none.
std::size_t code_point_bytes(char first);

// Is the one the other but for at most one slip: a letter missing, too many, wrong, or two neighbours swapped?
bool within_a_slip(std::string_view one, std::string_view other);

// Where words stand: in the name, or in any other text.
enum class Field : std::uint32_t { name, other };

class Words {
  public:
    struct Word {
        Posting rows[2];  // by field
        std::uint32_t place, length;
    };
    static constexpr std::size_t longest = 120;  // bytes; longer words are cut

    std::uint32_t number_of(std::string_view text);
    std::uint32_t append(std::string_view text);  // one that comes behind all others, as they do from a snapshot
    std::size_t size() const { return all_.size(); }
    std::string_view text(std::uint32_t number) const { return {texts_.at(all_[number].place), all_[number].length}; }
    Posting& rows(std::uint32_t number, Field field) { return all_[number].rows[static_cast<std::size_t>(field)]; }
    Posting const& rows(std::uint32_t number, Field field) const {
        return all_[number].rows[static_cast<std::size_t>(field)];
    }
    // The numbers of all words, by their bytes.
    std::vector<std::uint32_t> ordered() const;

    // Rows by the first one, two and three letters of their words are kept apart, as these are the words of a million rows.
    Posting& rows_beginning(std::uint64_t beginning, Field field);
    // visit(beginning) for each of these that has at most eight bytes.
    template <class Visit>
    static void each_beginning(std::string_view word, Visit visit) {
        std::size_t end = 0;
        for (int letter = 0; letter < 3 && end < word.size(); ++letter) {
            end = std::min(end + code_point_bytes(word[end]), word.size());
            if (end > 8) return;
            visit(head_of(word.substr(0, end)));
        }
    }

    std::uint32_t find(std::string_view text) const;  // or Slots::none
    // All beginnings, with visit(letters, rows in names, rows elsewhere).
    template <class Visit>
    void each_kept_beginning(Visit const& visit) const {
        for (auto const& one : beginnings_) visit(one.letters, one.rows[0], one.rows[1]);
    }
    std::size_t beginnings() const { return beginnings_.size(); }
    // Rows with a word that begins so are set, those of names and those of other texts.
    void starting(std::string_view beginning, Bits& in_name, Bits& elsewhere) const;
    // Rows with one of the words.
    void rows_of(std::vector<std::uint32_t> const& numbers, Bits& in_name, Bits& elsewhere) const;
    // Numbers of words that hold these letters, of 3 bytes at least.
    std::vector<std::uint32_t> holding(std::string_view letters) const;

    // Words one slip away from what was typed, and words that only begin with something one slip away.
    struct Slips {
        std::vector<std::uint32_t> whole, starting;
    };
    Slips slips(std::string_view typed) const;

    std::size_t bytes() const;

  private:
    struct Beginning {
        std::uint64_t letters;
        Posting rows[2];
    };
    // Numbers that only grow, as differences of seven bits a byte.
    struct Ascending {
        std::vector<unsigned char> bytes;
        std::uint32_t last = 0;
        void add(std::uint32_t number);
        std::vector<std::uint32_t> numbers() const;
    };

    struct ThreeBytes {
        std::uint32_t bytes;
        Ascending words;
    };

    std::uint32_t keep(std::string_view text);
    ThreeBytes const* find_three(std::uint32_t bytes) const;
    OrderedWords::Position behind(std::string_view beginning) const;  // all words that begin so
    template <class Visit>
    void each_letter_after(std::string_view beginning, std::string_view like, Visit visit) const;
    void add_slip(std::string_view text, Slips& slips) const;
    auto text_of() const {
        return [this](std::uint32_t number) { return text(number); };
    }

    std::vector<Word> all_;
    Texts texts_;
    Slots slots_;
    OrderedWords ordered_;
    std::vector<ThreeBytes> threes_;
    Slots threes_by_bytes_;
    std::vector<Beginning> beginnings_;
    Slots beginnings_by_letters_;
};

}  // namespace patron::index
