package scenario

import "strings"

// DesignTemplate is a design file for somebody to fill in. It is valid as it
// stands; every key is there with its meaning, as a line that counts once the #
// before it is taken away, if the method takes it. Lines beginning with "# "
// are text.
func DesignTemplate() []byte {
	text := designTemplate
	for _, key := range [...]string{keyPoints, keyLevels, keySecondOrder, keyScramble, keySteps, keyGroup} {
		text = strings.ReplaceAll(text, "{"+key+"}", strings.Join(takers(key), ", "))
	}
	return []byte(text)
}

// takers are the methods that take a key.
func takers(key string) (names []string) {
	for _, m := range Methods() {
		if m.takes(key) {
			names = append(names, string(m))
		}
	}
	return names
}

const designTemplate = `# A design of epgsim: a scenario, the parameters to vary around it, and how.
# Change what is here, take the # away before the lines you want, and run:  epgsim sweep THIS-FILE.toml
# Lines beginning with "# " are text, all others may be used.

# Letters a-z, digits and -.
name = "my-sweep"

#title = "The question, in one line?"
#description = "One to three sentences: what is varied, and what to look for."

# What is varied: the name of a shipped scenario (epgsim scenario list), or a
# path relative to this file.
scenario = "base"

# How:
# - factorial: every combination of listed values; for tables and maps
# - one-at-a-time: the scenario as it is, then every listed value alone; for a first look
# - latin-hypercube, sobol: points spread evenly over the ranges of many parameters; for data sets
# - morris: trajectories that change one parameter at a time; for which of many matter, in few runs
# - saltelli: for Sobol' indices, the shares of the variance that parameters explain alone and
# together; takes the most runs and says the most
method = "latin-hypercube"

# Rows (latin-hypercube, sobol), trajectories (morris) or base samples
# (saltelli). Of k factors or groups, a trajectory has k+1 rows and a base
# sample k+2, or 2k+2 with pairs. For {points}.
points = 100

# Even number of values that a factor takes. For {levels}.
#levels = 4

# Pairs of factors too. For {second_order}.
#second_order = true

# Randomise the sequence, which keeps it even. For {scramble}.
#scramble = true

# Runs of every row, each on other luck; the same luck in all rows.
#replications = 10

# Of the points and of all luck: the same seed gives the same bytes.
#seed = 1

# What the analysis is about. Data files have all outcomes.
#outcomes = ["value_project", "stranded"]

# Keep the weekly series of every run too: much larger data.
#series = false

# Laid over the scenario: the same keys as in a scenario file.
[set]
#project.years = 3
#group.focus = 1

# A parameter to vary (epgsim parameters lists them all).
[[factor]]
parameter = "manager.hours"

# Its values one by one, …
#values = [10, 20, 40]

# … or the ends of a range; left out: those of the parameter's plausible range.
#low = 12
#high = 40

# "linear", or "log" for a range that is spread evenly by factors.
#scale = "linear"

# So many values from low to high. For {steps}.
#steps = 5

# Factors of one group count as one: their lists go in step (factorial,
# one-at-a-time), or they are changed together (morris, saltelli). For
# {group}.
#group = "time"

# All parameters of a role, "lever" or "uncertainty", that have a plausible
# range, an effect in this scenario, and no other [[factor]]. Section, except,
# steps and group may be left out. To use the block, take away the "#   "
# before all its lines.

#   [[factor]]
#   every = "uncertainty"
#   section = "trust"
#   except = ["trust.start"]
`
