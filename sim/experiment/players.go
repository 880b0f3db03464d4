package experiment

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"epgsim/sim"
)

// Player is a mechanism of the model, or a few that do one thing together,
// whose part in a difference is asked for.
type Player struct {
	Name  string   // as typed; that of several mechanisms together is none of theirs
	Label string   // for people, to be used within a sentence
	Doc   string   // what it does while it is on
	Off   []string // the mechanisms that are switched off together
	Usual bool     // taken unless others are asked for
}

// Players are the groups of mechanisms; every single mechanism is a player under
// its own name too. The usual ones are all by which the kinds of opportunity, and
// complex products and simple ones, differ: with all of them off every form is the
// same. They are few enough to be divided exactly.
var Players = []Player{
	{"joint-offers", "several SMEs to an offer", "an offer takes the hours of several SMEs, and a system is sold through the hub alone", []string{"joint-offers"}, true},
	{"offer-value", "what an offer is worth", "an offer is worth more the more SMEs make it, and the more complex it is", []string{"offer-size", "technology-value"}, true},
	{"demand", "what customers want", "offers fit a market more or less, and joint ones are wanted only where they make a whole", []string{"bundle-demand", "offer-fit"}, true},
	{"joint-hours", "joint hours", "offers of several SMEs wait until hours of joint work have prepared them", []string{"joint-hours"}, true},
	{"alignment", "parties to align", "every partner makes an offer more complex, and meetings and approaches longer for the manager", []string{"extra-complexity", "coordination", "agreement"}, true},
	{"complex-deals", "the way to complex deals", "complex offers need customers who trust more, and take more rounds of negotiation", []string{"customer-trust", "negotiation-length"}, true},
	{"knowledge", "knowledge of products", "the manager must get to know products, and complex solutions need technologies that partners bring", []string{"product-knowledge", "coverage"}, true},
	{"satiation", "customers running out", "the customers that an SME can still find become fewer", []string{"satiation"}, true},
	{"network", "the network built up", "prior ties, trust learnt and practice make joint work come about and go faster", []string{"sme-trust", "prior-ties", "practice"}, false},
	{"motivation", "commitment and expectations", "results set against expectations move commitment, and SMEs withdraw", []string{"commitment", "expectations", "fairness", "withdrawal"}, false},
	{"learning", "learning", "the manager gets to know the products, the SMEs gain export experience", []string{"product-knowledge", "experience"}, false},
	{"own-interests", "own interests", "SMEs spare themselves and guard against rivals, and joint work wants coordination", []string{"self-interest", "rivalry", "mediation"}, false},
}

// PlayersNamed finds players by name: the usual ones for no names. It refuses
// unknown names, players that share a mechanism, and mechanisms that undo each
// other; off are those that the scenario has switched off already.
func PlayersNamed(names, off []string) ([]Player, error) {
	var players []Player
	for _, p := range Players {
		if len(names) == 0 && p.Usual {
			players = append(players, p)
		}
	}
	for _, name := range names {
		if k := slices.IndexFunc(Players, func(p Player) bool { return p.Name == name }); k >= 0 {
			players = append(players, Players[k])
		} else if m := sim.MechanismNamed(name); m != nil {
			players = append(players, Player{Name: name, Label: strings.ReplaceAll(name, "-", " "), Doc: "while off, " + m.Doc, Off: []string{name}})
		} else {
			return nil, fmt.Errorf("unknown mechanism %q", name)
		}
	}
	all := slices.Clone(off)
	for _, p := range players {
		for _, m := range p.Off {
			if slices.Contains(all[len(off):], m) {
				return nil, fmt.Errorf("%s would be switched off twice; %s does it too", m, p.Name)
			}
			if o := slices.IndexFunc(all, func(o string) bool { return clash(o, m) }); o >= 0 {
				return nil, fmt.Errorf("%s and %s cannot both be switched off: each undoes the other", all[o], m)
			}
		}
		all = append(all, p.Off...)
	}
	return players, nil
}

// clash says whether it matters which one is switched off first.
func clash(a, b string) bool {
	ab, ba := sim.Defaults(), sim.Defaults()
	SwitchOff(&ab, a, b)
	SwitchOff(&ba, b, a)
	return !reflect.DeepEqual(ab, ba)
}

// SwitchOff switches off mechanisms, which must be some of the model's.
func SwitchOff(p *sim.Params, mechanisms ...string) {
	for _, m := range mechanisms {
		sim.MechanismNamed(m).SwitchOff(p)
	}
}
