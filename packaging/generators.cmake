# What differs between the packages: cpack reads this for each of its generators.
# SPDX-License-Identifier: GPL-2.0-or-later
if(CPACK_GENERATOR STREQUAL "External")
  # Rooted at the home folder: the plugin goes to ~/.local, the profile to ~/.config.
  list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build_folder)
  set(CPACK_INSTALL_CMAKE_PROJECTS "${build_folder};${CPACK_PACKAGE_NAME};user;/")
  set(CPACK_PACKAGING_INSTALL_PREFIX "/.local")
endif()
