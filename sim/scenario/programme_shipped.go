package scenario

// ProgrammeInfo is what a list of programmes shows of one.
type ProgrammeInfo struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Applicants  int      `json:"applicants"`
	Budget      float64  `json:"budget"` // k€
	Policies    []string `json:"policies"`
}

// ShippedProgrammes lists the programmes that can be loaded by name, in alphabetical
// order.
func ShippedProgrammes() (list []ProgrammeInfo) {
	for _, p := range all(shippedProgrammes(), parseProgramme) {
		list = append(list, ProgrammeInfo{p.Name, p.Title, p.Description, p.Applicants, p.Budget,
			texts(p.Policy, func(y Policy) string { return y.Name })})
	}
	return list
}

// ProgrammeTemplate is a programme file to begin one's own with: the shipped
// finnish-programme under another name.
func ProgrammeTemplate() []byte {
	return ownOf(shippedProgrammes(), "finnish-programme", "our-programme",
		"A programme file of epgsim: budget, who applies, and policies. It begins as finnish-programme.")
}
