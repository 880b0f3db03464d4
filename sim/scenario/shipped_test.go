package scenario

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
)

func TestEveryShippedFileIsListedAndSound(t *testing.T) {
	paths, err := filepath.Glob("../../scenarios/*.toml")
	if err != nil || len(paths) != len(scenarios.Names()) {
		t.Fatalf("%d files, %d names (%v)", len(paths), len(scenarios.Names()), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".toml")
		if !slices.Contains(scenarios.Names(), name) {
			t.Errorf("%s is not in scenarios.Names", name)
		}
		s, err := Load(name)
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		if s.Name != name {
			t.Errorf("%s calls itself %s", path, s.Name)
		}
		if n := strings.Count(s.Description, ". ") + 1; s.Title == s.Name || s.Description == "" || n > 3 {
			t.Errorf("%s: title %q, description of %d sentences", name, s.Title, n)
		}
		if strings.Contains(s.Description, "  ") {
			t.Errorf("%s: double blanks in %q", name, s.Description)
		}
		roundTrip(t, s)
		byPath, err := Load(path)
		if err != nil || byPath.Hash() != s.Hash() {
			t.Errorf("%s as a file: %v", path, err)
		}
	}
}

// roundTrip checks that what TOML writes says the same and is written the same.
func roundTrip(t testing.TB, s *Scenario) {
	t.Helper()
	text := s.TOML()
	again, err := Parse("resolved.toml", text)
	if err != nil {
		t.Fatalf("%s does not parse once resolved:\n%v\n%s", s.Name, err, text)
	}
	if second := again.TOML(); string(second) != string(text) {
		t.Fatalf("%s is not resolved by one go:\n%s\nthen\n%s", s.Name, text, second)
	}
	if !same(&s.Params, &again.Params) || !slices.Equal(s.Off, again.Off) {
		t.Fatalf("%s means something else once resolved:\n%+v\n%+v", s.Name, s.Params, again.Params)
	}
	if again.Title != s.Title || again.Description != s.Description || again.Hash() != s.Hash() {
		t.Fatalf("%s: title, description or hash changed", s.Name)
	}
}

// same compares parameters, NaN being equal to NaN.
func same(a, b *sim.Params) bool {
	for i := range sim.Table {
		if q := &sim.Table[i]; q.In(a) != q.In(b) {
			return false
		}
	}
	equal := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return a.Mix == b.Mix && a.Hub == b.Hub &&
		slices.EqualFunc(a.ListedSMEs, b.ListedSMEs, func(x, y sim.SMESpec) bool {
			return x.Name == y.Name && equal(x.Technology, y.Technology) && equal(x.Experience, y.Experience) &&
				equal(x.Hours, y.Hours) && equal(x.Rhythm, y.Rhythm) && equal(x.Component, y.Component) &&
				equal(x.Niche[0], y.Niche[0]) && equal(x.Niche[1], y.Niche[1]) && slices.Equal(x.Ties, y.Ties)
		}) &&
		slices.EqualFunc(a.MarketSpecs, b.MarketSpecs, func(x, y sim.MarketSpec) bool {
			return x.Name == y.Name && equal(x.Distance, y.Distance) && equal(x.Customers, y.Customers) &&
				equal(x.Fit, y.Fit) && equal(x.Assistant, y.Assistant)
		})
}

// The study's nine groups have our starting values (CLAIMS.md, Table 1).
func TestTheNineGroupsAreTable1(t *testing.T) {
	rows := []struct {
		name                                                     string
		focus, smes, technology, similarity, experience, markets float64
		distance, ties                                           float64
	}{
		{"boat-building-market", .05, 5, .40, .80, .50, 2, .3, .4},
		{"boat-building-system", .9, 6, .55, .60, .40, 1, .3, .7},
		{"marine-equipment", .1, 5, .50, .45, .50, 3, .3, .3},
		{"excavators", .1, 4, .45, .60, .55, 2, .4, .3},
		{"fitness-equipment-1", .3, 5, .35, .65, .50, 2, .3, .3},
		{"fitness-equipment-2", .3, 5, .35, .70, .45, 3, .5, .4},
		{"food-products", 0, 6, .15, .40, .35, 1, .3, .2},
		{"paper-machinery", .4, 5, .75, .50, .60, 2, .5, .4},
		{"environmental-technology", .35, 6, .70, .40, .30, 3, .6, .2},
	}
	for _, r := range rows {
		s, err := Load(r.name)
		if err != nil {
			t.Fatal(err)
		}
		g, m := s.Params.Group, s.Params.Markets
		got := []float64{g.Focus, g.Size, g.Technology, g.Similarity, g.Experience, m.Count, m.Distance, g.PriorTies}
		want := []float64{r.focus, r.smes, r.technology, r.similarity, r.experience, r.markets, r.distance, r.ties}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", r.name, got, want)
		}
		if n := float64(len(s.Params.ListedSMEs)); n > 0 {
			asListed(t, s, r.technology, r.similarity, r.experience, r.ties)
		}
	}
}

// asListed checks that a group listed SME by SME is on average what Table 1
// says of it.
func asListed(t *testing.T, s *Scenario, technology, similarity, experience, ties float64) {
	t.Helper()
	var tau, e, d, tied float64
	l := s.Params.ListedSMEs
	for i, a := range l {
		tau += a.Technology
		e += a.Experience
		tied += float64(len(a.Ties))
		for _, b := range l[:i] {
			d += min(1, math.Hypot(a.Niche[0]-b.Niche[0], a.Niche[1]-b.Niche[1]))
		}
	}
	n := float64(len(l))
	pairs := n * (n - 1) / 2
	near := func(what string, got, want, by float64) {
		if math.Abs(got-want) > by {
			t.Errorf("%s: %s is %g, want %g", s.Name, what, got, want)
		}
	}
	near("technology", tau/n, technology, 0.01)
	near("experience", e/n, experience, 0.01)
	near("similarity", 1-d/pairs, similarity, 0.02)
	near("prior ties", tied/pairs, ties, 0.05)
}

func TestShippedIsWhatALists(t *testing.T) {
	list := Shipped()
	if len(list) != len(scenarios.Names()) {
		t.Fatalf("%d of %d", len(list), len(scenarios.Names()))
	}
	forms := map[string]string{
		"base": "customer", "boat-building-market": "market", "boat-building-system": "system",
		"marine-equipment": "market", "excavators": "market", "fitness-equipment-1": "market-customer",
		"fitness-equipment-2": "market-customer", "food-products": "market", "paper-machinery": "market-customer",
		"environmental-technology": "market-customer", "short-system-project": "system",
	}
	for _, i := range list {
		if want, ok := forms[i.Name]; ok && i.Form != want {
			t.Errorf("%s: %s focus, want %s", i.Name, i.Form, want)
		}
	}
}

// The SMEs of the lesson on short projects fit each other: if they did not,
// the lesson would be another one.
func TestTheShortSystemGroupIsAGoodOne(t *testing.T) {
	s, err := Load("short-system-project")
	if err != nil {
		t.Fatal(err)
	}
	hub := s.Params.ListedSMEs[s.Params.Hub]
	for i, m := range s.Params.ListedSMEs {
		d := math.Hypot(m.Niche[0]-hub.Niche[0], m.Niche[1]-hub.Niche[1])
		if i != s.Params.Hub && math.Abs(d-s.Params.Joint.BestDistance) > 0.01 {
			t.Errorf("%s is %g from the hub", m.Name, d)
		}
	}
}

func TestLoadPrefersFilesAndSaysWhatIsMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("food-products", "name = \"mine\"\n")
	if err := os.Mkdir("excavators", 0o700); err != nil {
		t.Fatal(err)
	}
	write("large.toml", "name = \"large\"\n"+strings.Repeat("# more\n", 10000))
	for _, c := range []struct{ arg, want string }{
		{"food-products", "mine"},
		{"excavators", "excavators"}, // a directory is no file
		{"excavator", "excavator: no shipped scenario of that name; did you mean excavators?"},
		{"food-product.toml", "food-product.toml: no such file; did you mean food-products?"},
		{"./gone/x.toml", "./gone/x.toml: no such file"},
		{"large.toml", "large.toml: the file is larger than 64 kB, the most that is read"},
	} {
		s, err := Load(c.arg)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = s.Name
		}
		if got != c.want {
			t.Errorf("Load(%s):\n%s\nwant\n%s", c.arg, got, c.want)
		}
	}
}

// What is known of the nine consortia of the book, and the sizes that are ours, stand in
// their files; all last for more than their public money, and Italy's is the contrast.
func TestTheNineConsortiaAreThoseOfTheBook(t *testing.T) {
	rows := []struct {
		name                            string
		focus, smes, technology, public float64 // public: years in which the public pays anything; -1: always
	}{
		{"mosaic", .25, 7, .3, 3},
		{"vitargan", .4, 6, .15, 3},
		{"travel-partners", .5, 6, .3, 3},
		{"get-it", .7, 6, .7, 3},
		{"muyu", .1, 6, .2, 3},
		{"peruvian-bio", .4, 8, .25, 3},
		{"acmc", .1, 6, .3, 3},
		{"ande-natura", .1, 6, .3, 3},
		{"phyto-uruguay", .55, 6, .45, 3},
		{"mixed-consortium-italy", 0, sim.MaxSMEs, .35, -1},
	}
	for _, r := range rows {
		s, err := Load(r.name)
		if err != nil {
			t.Fatal(err)
		}
		p := &s.Params
		public := -1.0
		for year := range sim.MaxYears {
			if p.PublicShare(year*sim.WeeksPerYear, p.ProjectWeeks()) == 0 {
				public = float64(year)
				break
			}
		}
		got, want := []float64{p.Group.Focus, p.Group.Size, p.Group.Technology, public}, []float64{r.focus, r.smes, r.technology, r.public}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", r.name, got, want)
		}
		if p.Project.Continuation == 0 || p.Project.Horizon < 2*max(p.Project.Years, public) || p.Group.Graduation == 0 || p.Customer.Brand == 0 {
			t.Errorf("%s is not made to last: %+v", r.name, p.Project)
		}
		if known := strings.Contains(s.Description, "known") || r.public < 0; !known && r.name != "acmc" || !strings.Contains(s.Description, "assumption") {
			t.Errorf("%s does not say what is known and what is ours: %s", r.name, s.Description)
		}
	}
}

// Every scenario stands in one group of the list.
func TestGroupsOfTheList(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range scenarios.Groups() {
		for _, name := range g.Names {
			if seen[name] || g.Title == "" {
				t.Errorf("%s is listed twice, or in a group without a title", name)
			}
			seen[name] = true
		}
	}
	if len(seen) != len(scenarios.Names()) {
		t.Errorf("%d names in groups, %d in all", len(seen), len(scenarios.Names()))
	}
}
