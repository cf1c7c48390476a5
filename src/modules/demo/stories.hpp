// What the studio's people write down: sentences with slots, so that hundreds of notes read differently.
#pragma once
#include "modules/demo/dice.hpp"

#include <string>

namespace patron::demo {

enum class Theme {
    enquiry,
    consultation,
    visit,
    follow_up,
    complaint,
    praise,
    wedding,
    firm,
    aftercare,
    alert,
    lost,
    farewell
};

// A note's Markdown. Where it mentions a colleague it says {colleague}.
std::string tell(Dice& dice, Theme theme);

}  // namespace patron::demo
