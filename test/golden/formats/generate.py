"""Writes the files of this folder and expected.json with ASE. Run it in this folder."""

import io
import json
import textwrap

import ase.io
from ase.spacegroup import Spacegroup


def write(name, text):
    with open(name, "w", encoding="ascii") as file:
        file.write(textwrap.dedent(text).lstrip("\n"))


write("selective-three-factors.poscar", """
    GaAs surface, three scale factors
      5.65 5.65 6.0   ! along x, y and z
      1.0  0.1  0.0
      0.0  1.0 -0.2
      0.0  0.0  2.0
      Ga_d/1a2b3c4d As
      2 1   ! counts
    Selective dynamics
    Direct
      0.00  0.00  0.00  T T F
     -0.25  0.50  1.25  F F F
      0.25  0.25  0.125 .TRUE. F t
""")
write("volume-vasp4.poscar", """
    Si2 C
     -120.0
      2.0 2.0 0.0
      0.0 2.0 2.0
      2.0 0.0 2.0
      2 1
    kartesian
      0.1 0.2 0.3
      1.1 1.2 1.3e0
      2.05D-1 -0.4 0.5
""")
write("velocities.contcar", """
    diamond, after a step
      3.567
      0.0 0.5 0.5
      0.5 0.0 0.5
      0.5 0.5 0.0
      C
      2
    Direct
      0.001 0.0 0.0
      0.25 0.251 0.25

      0.1E-01 -0.2E-02 0.0
     -0.1E-01  0.2E-02 0.3E-03
""")
write("charge-triclinic.data", """
    LAMMPS data file, charge style, triclinic, units = metal

    4 atoms
    2 atom types
    -1.0 3.5 xlo xhi
    0.5 4.25 ylo yhi
    -2.0 2.0 zlo zhi
    0.7 -0.4 0.3 xy xz yz

    Masses

    1 69.723  # Ga
    2 74.9216 # As

    Atoms # charge

    3 2 -0.5 0.1 0.9 -1.5 0 0 0
    1 1  0.5 1.1 1.9 -0.5 0 1 0 # the first
    4 2 -0.5 2.1 2.9  0.5 0 0 0
    2 1  0.5 3.1 3.9  1.5 -1 0 2

    Velocities

    1 0.1 0.2 0.3
    2 0.4 0.5 0.6
    3 0.7 0.8 0.9
    4 1.0 1.1 1.2
""")
write("labels-full.data", """
    water-like, type labels, full style

    3 atoms
    2 bonds
    2 atom types
    0 10 xlo xhi
    0 10 ylo yhi
    0 10 zlo zhi

    Atom Type Labels

    1 O
    2 H

    Masses

    1 15.9994
    2 1.008

    Atoms # full

    1 1 O -0.8 5.0 5.0 5.0
    2 1 H  0.4 5.96 5.0 5.0
    3 1 H  0.4 4.76 5.93 5.0

    Bonds

    1 1 1 2
    2 1 1 3
""")
write("general-triclinic.data", """
    general triclinic box

    2 atoms
    1 atom types
    0.0 2.0 2.1 avec
    2.0 0.0 2.0 bvec
    2.0 2.0 0.0 cvec
    0.0 0.0 0.0 abc origin

    Masses

    1 28.0855

    Atoms # atomic

    1 1 0.0 0.0 0.0
    2 1 1.0 1.0 1.0
""")
write("two-frames.dump", """
    ITEM: UNITS
    metal
    ITEM: TIMESTEP
    0
    ITEM: NUMBER OF ATOMS
    3
    ITEM: BOX BOUNDS xy xz yz pp pp ff
    -0.9 5.7 0.7
    0.0 4.3 -0.4
    -1.0 4.0 0.3
    ITEM: ATOMS id type element x y z fx fy fz c_pe
    7 1 Si 0.1 0.2 0.3 1 2 3 -4.5
    2 2 C 1.1 1.2 1.3 4 5 6 -7.5
    5 1 Si 2.1 2.2 2.3 7 8 9 -4.25
    ITEM: TIMESTEP
    10
    ITEM: NUMBER OF ATOMS
    2
    ITEM: BOX BOUNDS pp fs mm
    0.0 5.0
    0.0 6.0
    0.0 7.0
    ITEM: ATOMS id element xs ys zs
    2 C 0.5 0.25 0.125
    1 Si 0.1 0.2 0.3
""")
write("masses.lammpstrj", """
    ITEM: TIMESTEP
    1
    ITEM: NUMBER OF ATOMS
    2
    ITEM: BOX BOUNDS abc origin pp pp pp
    4.0 0.5 0.0 0.0
    0.0 4.0 0.5 0.0
    0.5 0.0 4.0 0.0
    ITEM: ATOMS id mass xu yu zu
    2 12.011 1.0 2.0 9.0
    1 28.085 0.0 0.0 0.0
""")


def cif(name, number, lengths, angles, sites, extra=""):
    group = Spacegroup(number)
    symbol = group.symbol
    rows = [f"data_{name}"]
    rows += [f"_cell_length_{k} {v}" for k, v in zip("abc", lengths)]
    rows += [f"_cell_angle_{k} {v}" for k, v in zip(("alpha", "beta", "gamma"), angles)]
    rows += [f"_symmetry_space_group_name_H-M '{symbol}'", f"_symmetry_Int_Tables_number {number}"]
    rows += ["loop_", "_symmetry_equiv_pos_site_id", "_symmetry_equiv_pos_as_xyz"]
    for index, (rotation, translation) in enumerate(group.get_symop()):
        parts = []
        for row, shift in zip(rotation, translation):
            part = "".join(
                f"{'-' if c < 0 else '+'}{axis}" for c, axis in zip(row, "xyz") if c
            ).lstrip("+")
            twelfths = round(12 * shift) % 12
            if twelfths:
                part += f"+{twelfths}/12"
            parts.append(part)
        rows.append(f"{index + 1} '{','.join(parts)}'")
    rows += ["loop_", "_atom_site_label", "_atom_site_type_symbol"]
    rows += [f"_atom_site_fract_{axis}" for axis in "xyz"]
    rows += ["_atom_site_occupancy"]
    rows += [" ".join(map(str, site)) for site in sites]
    return "\n".join(rows) + "\n" + extra


with open("symmetry.cif", "w", encoding="ascii") as file:
    file.write("# Three crystals by their symmetry, and a block without atoms.\n")
    file.write("data_global\n_audit_creation_method 'by hand'\n\n")
    file.write(cif("diamond", 227, (3.567, 3.567, 3.567), (90, 90, 90), [("C1", "C", 0, 0, 0, 1)]))
    file.write("\n")
    file.write(cif("quartz", 154, ("4.913(1)", "4.913(1)", "5.405(1)"), (90, 90, 120), [
        ("Si1", "Si4+", "0.4697(1)", "0.0000", "0.0000", 1),
        ("O1", "O2-", "0.4135(2)", "0.2669(3)", "0.1191(2)", "1.0"),
    ]))
    file.write("\n")
    file.write(cif("hexagonal_BN", 194, (2.504, 2.504, 6.661), (90, 90, 120), [
        ("B1", "B", 0.3333, 0.6667, 0.25, 1), ("N1", "N", 0.3333, 0.6667, 0.75, "."),
    ]))

write("triclinic.cif", """
    data_graphite
    _symmetry_space_group_name_H-M   'P 1'
    _cell_length_a   2.461
    _cell_length_b   2.5
    _cell_length_c   6.9
    _cell_angle_alpha   81.5
    _cell_angle_beta   95.25
    _cell_angle_gamma   118.0
    loop_
     _symmetry_equiv_pos_as_xyz
      'x, y, z'
    loop_
     _atom_site_type_symbol
     _atom_site_label
     _atom_site_fract_x
     _atom_site_fract_y
     _atom_site_fract_z
      C C0 0.0 0.0 -0.25
      C C1 0.1 0.1 0.25001e0
      C C2 0.33 0.66 0.25
      C C3 0.66 1.33 0.75
""")

write("dialects.xyz", """
    2
    pbc="T T F" Energy=-1.5 Lattice="4.0, 0, 0, 0.5, 4e0, 0, 0, 0, 20" Properties=species:S:1:pos:R:3:vel:R:3:group:I:1
    C 0.0 -1.25 3 0.1 0.2 0.3 0
    si 1 2 3.5e-1 .4 .5 .6 1
    1
    # CELL(abcABC): 10 10 10 90 90 90
    O 1.0 2.0 3.0
""")

FILES = {
    "selective-three-factors.poscar": "vasp",
    "volume-vasp4.poscar": "vasp",
    "velocities.contcar": "vasp",
    "charge-triclinic.data": "lammps-data",
    "labels-full.data": "lammps-data",
    "general-triclinic.data": "lammps-data",
    "two-frames.dump": "lammps-dump-text",
    "masses.lammpstrj": "lammps-dump-text",
    "symmetry.cif": "cif",
    "triclinic.cif": "cif",
    "dialects.xyz": "extxyz",
}

expected = {}
for name, form in FILES.items():
    if form == "vasp":
        # ASE's reader of numbers knows no Fortran exponent D.
        with open(name, encoding="ascii") as file:
            frames = ase.io.read(io.StringIO(file.read().replace("D-", "E-")), ":", format=form)
    else:
        frames = ase.io.read(name, ":", format=form)
    expected[name] = [
        {
            "species": frame.numbers.tolist(),
            "positions": frame.positions.ravel().tolist(),
            "cell": frame.cell.array.ravel().tolist(),
            "pbc": frame.pbc.tolist(),
        }
        for frame in frames
    ]
with open("expected.json", "w", encoding="ascii") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
